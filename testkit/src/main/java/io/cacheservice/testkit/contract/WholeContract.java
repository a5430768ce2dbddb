package io.cacheservice.testkit.contract;

import org.junit.jupiter.api.Nested;

/** Every promise that a tier makes: bytes, typed caches, their asynchronous faces, and what holds among many threads. */
public abstract class WholeContract {
    /** For subclasses, one for each tier. */
    protected WholeContract() {}

    /** A fixture with nothing stored, for one test. */
    protected abstract TierFixture openEmptyFixture();

    /** Bytes under string keys. */
    @Nested
    final class Bytes extends CacheServiceContract {
        @Override
        protected TierFixture openFixture() {
            return openEmptyFixture();
        }
    }

    /** Typed caches. */
    @Nested
    final class Typed extends TypedCacheContract {
        @Override
        protected TierFixture openFixture() {
            return openEmptyFixture();
        }
    }

    /** The same without waiting. */
    @Nested
    final class Async extends AsyncContract {
        @Override
        protected TierFixture openFixture() {
            return openEmptyFixture();
        }
    }

    /** Many threads at once. */
    @Nested
    final class Concurrent extends ConcurrencyContract {
        @Override
        protected TierFixture openFixture() {
            return openEmptyFixture();
        }
    }
}
