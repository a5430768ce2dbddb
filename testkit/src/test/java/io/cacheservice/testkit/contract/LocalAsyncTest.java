package io.cacheservice.testkit.contract;

final class LocalAsyncTest extends AsyncContract {
    @Override
    protected TierFixture openFixture() {
        return new LocalTierFixture();
    }
}
