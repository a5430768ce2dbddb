package io.cacheservice.testkit.contract;

import org.junit.jupiter.api.Nested;

/** What typed caches do on every tier. A test class per tier extends this and opens its tier. */
public abstract class TypedCacheContract {
    /** The tier under test, empty; called once for each test. */
    protected abstract TierFixture openFixture();

    @Nested
    final class TypedStoring extends TypedStoringContract {
        @Override
        protected TierFixture openFixture() {
            return TypedCacheContract.this.openFixture();
        }
    }

    @Nested
    final class CacheNames extends CacheNamesContract {
        @Override
        protected TierFixture openFixture() {
            return TypedCacheContract.this.openFixture();
        }
    }

    @Nested
    final class TypedLoading extends TypedLoadingContract {
        @Override
        protected TierFixture openFixture() {
            return TypedCacheContract.this.openFixture();
        }
    }

    @Nested
    final class TypedBatches extends TypedBatchContract {
        @Override
        protected TierFixture openFixture() {
            return TypedCacheContract.this.openFixture();
        }
    }

    @Nested
    final class ReadingWithOptions extends ReadOptionsContract {
        @Override
        protected TierFixture openFixture() {
            return TypedCacheContract.this.openFixture();
        }
    }

    @Nested
    final class Codecs extends CodecContract {
        @Override
        protected TierFixture openFixture() {
            return TypedCacheContract.this.openFixture();
        }
    }

    @Nested
    final class WritingToTheSource extends SourceWritingContract {
        @Override
        protected TierFixture openFixture() {
            return TypedCacheContract.this.openFixture();
        }
    }

    @Nested
    final class Lives extends SlidingContract {
        @Override
        protected TierFixture openFixture() {
            return TypedCacheContract.this.openFixture();
        }
    }

    @Nested
    final class LoadContexts extends LoadContextContract {
        @Override
        protected TierFixture openFixture() {
            return TypedCacheContract.this.openFixture();
        }
    }

    @Nested
    final class AsyncLoaders extends AsyncLoaderContract {
        @Override
        protected TierFixture openFixture() {
            return TypedCacheContract.this.openFixture();
        }
    }

    @Nested
    final class FailSafe extends FailSafeContract {
        @Override
        protected TierFixture openFixture() {
            return TypedCacheContract.this.openFixture();
        }
    }

    @Nested
    final class LoadTimeouts extends LoadTimeoutContract {
        @Override
        protected TierFixture openFixture() {
            return TypedCacheContract.this.openFixture();
        }
    }

    @Nested
    final class LoadGates extends LoadGateContract {
        @Override
        protected TierFixture openFixture() {
            return TypedCacheContract.this.openFixture();
        }
    }

    @Nested
    final class EarlyRefresh extends EarlyRefreshContract {
        @Override
        protected TierFixture openFixture() {
            return TypedCacheContract.this.openFixture();
        }
    }

    @Nested
    final class RefreshStatistics extends RefreshStatisticsContract {
        @Override
        protected TierFixture openFixture() {
            return TypedCacheContract.this.openFixture();
        }
    }

    @Nested
    final class Tags extends TagContract {
        @Override
        protected TierFixture openFixture() {
            return TypedCacheContract.this.openFixture();
        }
    }

    @Nested
    final class ClearingAndExpiring extends ClearAndExpireContract {
        @Override
        protected TierFixture openFixture() {
            return TypedCacheContract.this.openFixture();
        }
    }

    @Nested
    final class TtlJitter extends TtlJitterContract {
        @Override
        protected TierFixture openFixture() {
            return TypedCacheContract.this.openFixture();
        }
    }
}
