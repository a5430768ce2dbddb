package io.cacheservice.testkit.contract;

import org.junit.jupiter.api.Nested;

/** What every tier does with bytes. A test class per tier extends this and opens its tier. */
public abstract class CacheServiceContract {
    /** The tier under test, empty; called once for each test. */
    protected abstract TierFixture openFixture();

    @Nested
    final class Storing extends StoringContract {
        @Override
        protected TierFixture openFixture() {
            return CacheServiceContract.this.openFixture();
        }
    }

    @Nested
    final class BorderCopies extends BorderCopiesContract {
        @Override
        protected TierFixture openFixture() {
            return CacheServiceContract.this.openFixture();
        }
    }

    @Nested
    final class Keys extends KeyContract {
        @Override
        protected TierFixture openFixture() {
            return CacheServiceContract.this.openFixture();
        }
    }

    @Nested
    final class Expiry extends ExpiryContract {
        @Override
        protected TierFixture openFixture() {
            return CacheServiceContract.this.openFixture();
        }
    }

    @Nested
    final class Lookups extends LookupContract {
        @Override
        protected TierFixture openFixture() {
            return CacheServiceContract.this.openFixture();
        }
    }

    @Nested
    final class Batches extends BatchContract {
        @Override
        protected TierFixture openFixture() {
            return CacheServiceContract.this.openFixture();
        }
    }

    @Nested
    final class Atomics extends AtomicsContract {
        @Override
        protected TierFixture openFixture() {
            return CacheServiceContract.this.openFixture();
        }
    }

    @Nested
    final class Counters extends CounterContract {
        @Override
        protected TierFixture openFixture() {
            return CacheServiceContract.this.openFixture();
        }
    }

    @Nested
    final class Loaders extends LoaderContract {
        @Override
        protected TierFixture openFixture() {
            return CacheServiceContract.this.openFixture();
        }
    }

    @Nested
    final class Sources extends SourceContract {
        @Override
        protected TierFixture openFixture() {
            return CacheServiceContract.this.openFixture();
        }
    }

    @Nested
    final class BulkSources extends BulkSourceContract {
        @Override
        protected TierFixture openFixture() {
            return CacheServiceContract.this.openFixture();
        }
    }

    @Nested
    final class PreWarming extends PreWarmContract {
        @Override
        protected TierFixture openFixture() {
            return CacheServiceContract.this.openFixture();
        }
    }

    @Nested
    final class PrefixRemoval extends PrefixRemovalContract {
        @Override
        protected TierFixture openFixture() {
            return CacheServiceContract.this.openFixture();
        }
    }

    @Nested
    final class ProbabilisticRefresh extends ProbabilisticRefreshContract {
        @Override
        protected TierFixture openFixture() {
            return CacheServiceContract.this.openFixture();
        }
    }

    @Nested
    final class Statistics extends StatisticsContract {
        @Override
        protected TierFixture openFixture() {
            return CacheServiceContract.this.openFixture();
        }
    }

    @Nested
    final class Closing extends ClosingContract {
        @Override
        protected TierFixture openFixture() {
            return CacheServiceContract.this.openFixture();
        }
    }
}
