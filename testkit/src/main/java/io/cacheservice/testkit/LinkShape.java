package io.cacheservice.testkit;

import java.time.Duration;
import java.util.Random;

/**
 * How long bytes are on their way in one direction of a proxy, for all its connections together: it decides and does not
 * wait.
 *
 * <p>A link sends one piece after the other at its rate, and each arrives a latency later. Jitter may make a piece overtake
 * one of another connection; that none overtakes its own is for the caller to see to.
 */
final class LinkShape {
    private static final int SLICES_PER_SECOND = 100;
    private static final int UNLIMITED_LINE_BYTES = 1 << 20;
    private static final int LIMITED_LINE_BYTES = 64 << 10;
    private static final double NANOS_PER_SECOND = 1e9;

    private long latencyNanos;
    private long maxJitterNanos;
    private Random random = new Random(0);
    private double lostShare;
    private long resendNanos;
    private Random lossRandom = new Random(0);
    private long bytesPerSecond;
    private long freeNanos;

    synchronized void latency(Duration time) {
        latencyNanos = time.toNanos();
    }

    synchronized void jitter(Duration max, long seed) {
        maxJitterNanos = max.toNanos();
        random = new Random(seed);
    }

    synchronized void loss(double share, Duration resendAfter, long seed) {
        lostShare = share;
        resendNanos = resendAfter.toNanos();
        lossRandom = new Random(seed);
    }

    /** Zero is for no limit. */
    synchronized void bandwidth(long limitBytesPerSecond, long nowNanos) {
        bytesPerSecond = limitBytesPerSecond;
        freeNanos = nowNanos;
    }

    synchronized void reset() {
        latencyNanos = 0;
        maxJitterNanos = 0;
        lostShare = 0;
        bytesPerSecond = 0;
    }

    /** Whether bytes arrive as soon as they are sent. */
    synchronized boolean isPlain() {
        return latencyNanos == 0 && maxJitterNanos == 0 && lostShare == 0 && bytesPerSecond == 0;
    }

    /** When a piece that is sent now will arrive; with a limited rate it is sent after all those asked for before. */
    synchronized long arrivalNanos(long nowNanos, int bytes) {
        long sentNanos = nowNanos;
        if (bytesPerSecond > 0) {
            long startNanos = freeNanos - nowNanos > 0 ? freeNanos : nowNanos;
            sentNanos = startNanos + Math.round(bytes * NANOS_PER_SECOND / bytesPerSecond);
            freeNanos = sentNanos;
        }
        long jitterNanos = maxJitterNanos == 0 ? 0 : Math.round(random.nextDouble() * maxJitterNanos);
        long arrivalNanos = sentNanos + latencyNanos + jitterNanos;
        while (lostShare > 0 && lossRandom.nextDouble() < lostShare) {
            arrivalNanos += resendNanos;
        }
        return arrivalNanos;
    }

    /** How many of these bytes make a piece: at a limited rate they trickle and do not come in one lump. */
    synchronized int pieceBytes(int bytes) {
        if (bytesPerSecond == 0) {
            return bytes;
        }
        return (int) Math.min(bytes, Math.max(1, bytesPerSecond / SLICES_PER_SECOND));
    }

    /** How many bytes of one connection may be on their way before its sender has to wait. */
    synchronized int lineBytes() {
        return bytesPerSecond == 0 ? UNLIMITED_LINE_BYTES : LIMITED_LINE_BYTES;
    }
}
