package io.cacheservice.testkit.contract;

import org.junit.jupiter.api.Nested;

/** What the calls that do not wait do on every tier. A test class per tier extends this and opens its tier. */
public abstract class AsyncContract {
    /** The tier under test, empty; called once for each test. */
    protected abstract TierFixture openFixture();

    @Nested
    final class BytesWithoutWaiting extends AsyncServiceContract {
        @Override
        protected TierFixture openFixture() {
            return AsyncContract.this.openFixture();
        }
    }

    @Nested
    final class CachesWithoutWaiting extends AsyncCacheContract {
        @Override
        protected TierFixture openFixture() {
            return AsyncContract.this.openFixture();
        }
    }
}
