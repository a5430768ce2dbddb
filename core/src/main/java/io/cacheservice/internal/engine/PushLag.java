package io.cacheservice.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.LatencySummary;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.stats.LatencyHistogram;
import io.cacheservice.spi.RemoteTier;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Measures how soon a change is heard. Announcements do not say when the change was, so a change of known time is made: of a
 * key of this service's own, read here as any key is, changed over another connection as another client would, and gone
 * again at once. The lag is the time between the writer's answer and the announcement; zero where that came first. Each round
 * has another key, so that in time every server and connection has its turn.
 *
 * <p>Safe for use by many threads.
 */
final class PushLag {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RemoteTier tier;
    private final TimeSource time;
    private final RandomGenerator random;
    private final String keyPrefix;
    private final LatencyHistogram lags = new LatencyHistogram();
    private volatile @Nullable Canary canary;
    private final AtomicLong unheard = new AtomicLong();

    /** @param keyPrefix begins every key in Redis */
    PushLag(RemoteTier tier, TimeSource time, RandomGenerator random, String keyPrefix) {
        this.tier = tier;
        this.time = time;
        this.random = random;
        this.keyPrefix = keyPrefix;
    }

    /** One change. */
    private final class Canary {
        private final byte[] key;
        private final long startedNanos = time.nanoTime();
        private boolean answered;
        private boolean heard;
        private boolean refused;
        private long answeredNanos;

        Canary(byte[] key) {
            this.key = key;
        }

        /** Whether there is something yet to come, and reason to wait for it. */
        synchronized boolean isAwaited() {
            return !refused && !(answered && heard) && time.nanoTime() - startedNanos < PATIENCE_NANOS;
        }

        synchronized void refused() {
            refused = true;
        }

        synchronized void answered() {
            answered = true;
            answeredNanos = time.nanoTime();
            if (heard) {
                lags.record(0);
            }
        }

        synchronized void heard() {
            if (!heard && answered) {
                lags.record(time.nanoTime() - answeredNanos);
            }
            heard = true;
        }

        synchronized boolean isMissed() {
            return answered && !heard;
        }
    }

    /** Begins a round, unless the one before is still under way; never called by two threads at the same time. */
    void measure() {
        Canary before = canary;
        if (before != null && before.isAwaited()) {
            return;
        }
        if (before != null && before.isMissed()) {
            unheard.incrementAndGet();
        }
        byte[] key = (keyPrefix + "~lag" + HexFormat.of().toHexDigits(random.nextLong())).getBytes(UTF_8);
        Canary next = new Canary(key);
        canary = next;
        Futures.onEnd(tier.get(key, false), (nothing, unread) -> {
            if (unread != null) {
                next.refused();
                return;
            }
            Futures.onEnd(tier.stir(key), (done, refused) -> {
                if (refused == null) {
                    next.answered();
                } else {
                    next.refused();
                }
            });
        });
    }

    /** {@code key} was reported as changed; answers whether it is this one's and nobody else's business. */
    boolean heard(byte[] key) {
        Canary now = canary;
        if (now == null || !Arrays.equals(now.key, key)) {
            return false;
        }
        now.heard();
        return true;
    }

    LatencySummary lags() {
        return lags.summary();
    }

    long unheard() {
        return unheard.get();
    }
}
