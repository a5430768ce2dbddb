package io.cacheservice.testkit.contract;

final class LocalTypedCacheTest extends TypedCacheContract {
    @Override
    protected TierFixture openFixture() {
        return new LocalTierFixture();
    }
}
