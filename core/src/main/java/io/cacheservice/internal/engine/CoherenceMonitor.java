package io.cacheservice.internal.engine;

import io.cacheservice.CacheConfig;
import io.cacheservice.CoherenceSamples;
import io.cacheservice.LatencySummary;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.coherence.Comparison;
import io.cacheservice.internal.coherence.Sample;
import io.cacheservice.internal.coherence.Sampling;
import io.cacheservice.internal.coherence.StalenessWatch;
import io.cacheservice.internal.coherence.Tokens;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.stats.LatencyHistogram;
import io.cacheservice.spi.ChangeListener;
import io.cacheservice.spi.RemoteTier;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * Compares a local copy with Redis every so often ({@link StalenessWatch} judges), and measures how soon changes are heard.
 *
 * <p>Each round reads one key of Redis as a bystander, of whichever cache, and changes one of its own ({@link PushLag}): no
 * more, however many copies there are. Stale copies cost no command but one each once they are overdue. Where nothing is held
 * nothing is sent.
 */
final class CoherenceMonitor implements ChangeListener {
    private static final System.Logger LOG = System.getLogger("io.cacheservice.coherence");

    private final RemoteTier tier;
    private final Tokens tokens;
    private final TimeSource time;
    private final Sampling sampling;
    private final PushLag lag;
    private final long intervalNanos;
    private final LatencyHistogram staleness = new LatencyHistogram();
    private final StalenessWatch watch = new StalenessWatch(staleness::record);
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean complained = new AtomicBoolean();
    private volatile boolean closed;

    private CoherenceMonitor(
            RemoteTier tier, Tokens tokens, TimeSource time, PushLag lag, Sampling sampling, long interval) {
        this.tier = tier;
        this.tokens = tokens;
        this.time = time;
        this.lag = lag;
        this.sampling = sampling;
        this.intervalNanos = interval;
    }

    static CoherenceMonitor of(RemoteTier tier, Tokens tokens, CacheConfig config, TimeSource time) {
        // dice of its own: those of the service may be known ones, which a test counts
        RandomGenerator random = new SplittableRandom();
        return new CoherenceMonitor(
                tier,
                tokens,
                time,
                new PushLag(tier, time, random, config.keyPrefix()),
                new Sampling(tokens, random),
                TimeUnit.NANOSECONDS.convert(config.coherenceSampleInterval()));
    }

    /** Passes on what is not about a key of its own. */
    @Override
    public void changed(byte[] key) {
        if (!lag.heard(key)) {
            tokens.changed(key);
        }
    }

    void start() {
        if (intervalNanos > 0) {
            after(intervalNanos, this::round);
        }
    }

    void close() {
        closed = true;
    }

    CoherenceSamples samples() {
        return watch.samples(staleness.summary());
    }

    LatencySummary pushLag() {
        return lag.lags();
    }

    long pushesUnheard() {
        return lag.unheard();
    }

    private void round() {
        try {
            Sample sample = sampling.next(time.nanoTime());
            if (sample != null) {
                compare(sample);
                lag.measure();
            }
        } finally { // whatever a tier throws: nothing would ever be compared again
            after(intervalNanos, this::round);
        }
    }

    private void compare(Sample sample) {
        compare(sample, (comparison, now) -> {
            watch.compared(sample, comparison, now);
            if (looking.compareAndSet(false, true)) {
                lookLater();
            }
        });
    }

    private void compareAgain(Sample sample) {
        compare(sample, (comparison, now) -> {
            if (watch.comparedAgain(sample, comparison, now)) {
                complain(sample);
            }
        });
    }

    private void compare(Sample sample, Outcome outcome) {
        Futures.onEnd(tier.observe(sample.redisKey()), (found, failure) -> {
            Comparison comparison = found == null ? Comparison.UNTOLD : Likeness.compare(sample.copy(), found);
            outcome.compared(comparison, time.nanoTime());
        });
    }

    @FunctionalInterface
    private interface Outcome {
        void compared(Comparison comparison, long nowNanos);
    }

    private void lookLater() {
        OptionalLong pause = watch.pauseNanos(time.nanoTime());
        if (pause.isPresent()) {
            after(pause.getAsLong(), this::look);
            return;
        }
        looking.set(false);
        // one that was found stale between the two lines above found this at work
        if (watch.pauseNanos(time.nanoTime()).isPresent() && looking.compareAndSet(false, true)) {
            lookLater();
        }
    }

    private void look() {
        try {
            watch.look(time.nanoTime()).forEach(this::compareAgain);
        } finally {
            lookLater();
        }
    }

    private void complain(Sample sample) {
        if (complained.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A local copy differs from Redis for longer than maxStaleness = "
                            + TimeUnit.NANOSECONDS.toMillis(sample.maxStalenessNanos())
                            + " ms, and nothing was announced. SWAPDB does that: restart the services that have local"
                            + " copies of the database, or FLUSHDB. Said once; coherence() counts on");
        }
    }

    private void after(long nanos, Runnable task) {
        if (!closed) {
            Executor later = CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS);
            later.execute(() -> {
                if (!closed) {
                    task.run();
                }
            });
        }
    }
}
