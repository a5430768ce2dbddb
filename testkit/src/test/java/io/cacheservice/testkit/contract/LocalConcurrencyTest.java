package io.cacheservice.testkit.contract;

final class LocalConcurrencyTest extends ConcurrencyContract {
    @Override
    protected TierFixture openFixture() {
        return new LocalTierFixture();
    }
}
