package io.cacheservice.testkit.contract;

final class LocalCacheServiceTest extends CacheServiceContract {
    @Override
    protected TierFixture openFixture() {
        return new LocalTierFixture();
    }
}
