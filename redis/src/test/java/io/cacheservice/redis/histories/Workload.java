package io.cacheservice.redis.histories;

import io.cacheservice.CacheException;
import io.cacheservice.CacheService;
import io.cacheservice.SourceException;
import io.cacheservice.testkit.history.HistoryRecorder;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** What is done through one service. */
interface Workload extends AutoCloseable {
    /** What a thread of a JVM does. */
    Steps steps(Jvm jvm, int thread, SplittableRandom random, ForeignCalls foreign);

    /** Reads everything for the last time. */
    void judge();

    /** From now on nothing goes wrong any more. */
    default void calm() {}

    @Override
    default void close() throws IOException {}

    /**
     * That of a run.
     *
     * @param sourcePort where rows are, if they are loaded
     * @param undocumented hears of errors that the cache's users are not told to expect
     */
    static Workload of(
            RunOptions options,
            CacheService service,
            HistoryRecorder recorder,
            int sourcePort,
            Consumer<RuntimeException> undocumented) {
        return options.loads()
                ? new Loads(options, service, recorder, new Source(sourcePort), undocumented)
                : new Writes(options, service, recorder, undocumented);
    }

    /** Values are written through the cache and past it. */
    final class Writes implements Workload {
        private final RunOptions options;
        private final Caches caches;
        private final Consumer<RuntimeException> undocumented;

        Writes(
                RunOptions options,
                CacheService service,
                HistoryRecorder recorder,
                Consumer<RuntimeException> undocumented) {
            this.options = options;
            this.undocumented = undocumented;
            caches = new Caches(service, recorder, new DeafCopies(options.deafCopies()));
        }

        @Override
        public Steps steps(Jvm jvm, int thread, SplittableRandom random, ForeignCalls foreign) {
            return new Actor(random, Key.of(jvm.number(), thread), Key.all(options), caches, foreign, undocumented);
        }

        @Override
        public void judge() {
            for (Key key : Key.all(options)) {
                try {
                    caches.finalRead(key);
                } catch (CacheException e) {
                    undocumented.accept(e);
                }
            }
        }
    }

    /** Rows are changed in their source and invalidated, and the cache loads them. */
    final class Loads implements Workload {
        private final RunOptions options;
        private final Source source;
        private final RowLoaders loaders;
        private final RowCaches caches;
        private final Consumer<RuntimeException> undocumented;

        Loads(
                RunOptions options,
                CacheService service,
                HistoryRecorder recorder,
                Source source,
                Consumer<RuntimeException> undocumented) {
            this.options = options;
            this.source = source;
            this.undocumented = undocumented;
            // where processes are stopped, that can have been before the loader's first line
            Duration bulkTimeLeft = options.faultFree() ? options.loadTimeout() : Duration.ZERO;
            loaders = new RowLoaders(source, recorder, options, bulkTimeLeft);
            caches = new RowCaches(service, recorder, loaders, source, options);
        }

        @Override
        public Steps steps(Jvm jvm, int thread, SplittableRandom random, ForeignCalls foreign) {
            return new RowActor(
                    random,
                    Row.of(jvm.number(), thread),
                    Row.all(options),
                    jvm.firstVersion(),
                    caches,
                    source,
                    foreign,
                    undocumented);
        }

        @Override
        public void calm() {
            loaders.behave();
        }

        @Override
        public void judge() {
            loaders.behave();
            for (Row row : Row.all(options)) {
                try {
                    caches.finalRead(row);
                } catch (SourceException tooSlow) {
                    // Recorded: nobody has answered.
                } catch (CacheException e) {
                    undocumented.accept(e);
                }
            }
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
