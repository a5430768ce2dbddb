package io.cacheservice.testkit.contract;

import org.junit.jupiter.api.Nested;

/** What holds on every tier among many threads. A test class per tier extends this and opens its tier. */
public abstract class ConcurrencyContract {
    /** The tier under test, empty; called once for each test. */
    protected abstract TierFixture openFixture();

    @Nested
    final class SingleFlight extends SingleFlightContract {
        @Override
        protected TierFixture openFixture() {
            return ConcurrencyContract.this.openFixture();
        }
    }

    @Nested
    final class Atomicity extends AtomicityContract {
        @Override
        protected TierFixture openFixture() {
            return ConcurrencyContract.this.openFixture();
        }
    }

    @Nested
    final class OwnWrites extends OwnWritesContract {
        @Override
        protected TierFixture openFixture() {
            return ConcurrencyContract.this.openFixture();
        }
    }
}
