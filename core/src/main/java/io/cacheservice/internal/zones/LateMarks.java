package io.cacheservice.internal.zones;

import io.cacheservice.TimeSource;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.spi.RemoteValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How processes tell each other that a zone has missed something: who could not reach it leaves a mark in the zones that he
 * could, which all processes look at. A mark ends by itself soon after the last who left it has delivered what he owes.
 *
 * <p>Safe for use by many threads.
 */
final class LateMarks {
    static final long LIFE_MILLIS = 2_000;

    private static final byte[] MARK = "late".getBytes(StandardCharsets.US_ASCII);
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(LIFE_MILLIS / 4);

    private final List<Zone> zones;
    private final Map<Zone, byte[]> keys;
    private final TimeSource time;
    private final long pauseMillis;
    private final ConcurrentHashMap<Way, Long> leftAtNanos = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean closed;

    /** From whom to whom. */
    private record Way(Zone witness, Zone late) {}

    /**
     * @param keyOf under which key a zone's mark stands in the others
     * @param pauseMillis between two looks
     */
    LateMarks(List<Zone> zones, Function<Zone, byte[]> keyOf, TimeSource time, long pauseMillis) {
        this.zones = zones;
        this.keys = zones.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), keyOf));
        this.time = time;
        this.pauseMillis = pauseMillis;
    }

    private byte[] keyOf(Zone zone) {
        return Objects.requireNonNull(keys.get(zone));
    }

    void start() {
        lookLater();
    }

    void close() {
        closed = true;
    }

    /** Whether a change of {@code key} is one of a mark. */
    boolean isMark(byte[] key) {
        for (Zone zone : zones) {
            if (Arrays.equals(key, keyOf(zone))) {
                return true;
            }
        }
        return false;
    }

    /** Leaves the mark of {@code late} in the others; completed when they have it, or could not be reached. */
    CompletableFuture<@Nullable Void> leave(Zone late) {
        List<CompletableFuture<?>> left = new ArrayList<>();
        for (Zone witness : zones) {
            if (witness != late) {
                left.add(leave(new Way(witness, late)));
            }
        }
        return Futures.allDone(left);
    }

    private CompletableFuture<?> leave(Way way) {
        long now = time.nanoTime();
        Long before = leftAtNanos.get(way);
        if (before != null && now - before < FRESH_NANOS) {
            return CompletableFuture.completedFuture(null);
        }
        return Futures.map(way.witness().tier().set(keyOf(way.late()), MARK, LIFE_MILLIS), nothing -> {
            leftAtNanos.put(way, now);
            way.late().claimLate(way.witness(), now, now + TimeUnit.MILLISECONDS.toNanos(LIFE_MILLIS));
            return true;
        });
    }

    private void lookLater() {
        CompletableFuture.delayedExecutor(pauseMillis, TimeUnit.MILLISECONDS).execute(() -> {
            if (!closed) {
                try {
                    remind();
                    look();
                } finally {
                    lookLater();
                }
            }
        });
    }

    /** A mark stands as long as something is owed. */
    private void remind() {
        for (Zone zone : zones) {
            if (zone.debts().size() > 0) {
                var unused = leave(zone);
            }
        }
    }

    /** Looks whether there are marks. */
    void look() {
        if (!closed && looking.compareAndSet(false, true)) {
            List<CompletableFuture<?>> looks = new ArrayList<>();
            for (Zone witness : zones) {
                looks.addAll(lookAt(witness));
            }
            Futures.onEnd(Futures.allDone(looks), (nothing, never) -> looking.set(false));
        }
    }

    private List<CompletableFuture<?>> lookAt(Zone witness) {
        List<CompletableFuture<?>> looks = new ArrayList<>();
        for (Zone late : zones) {
            if (late != witness) {
                // read where changes are announced: the next mark is then known at once
                CompletableFuture<RemoteValue> found = witness.tier().get(keyOf(late), true);
                looks.add(Futures.map(found, mark -> {
                    take(witness, late, mark);
                    return true;
                }));
            }
        }
        return looks;
    }

    private void take(Zone witness, Zone late, RemoteValue mark) {
        long now = time.nanoTime();
        if (mark.bytes() == null) {
            late.claimNothing(witness, now);
        } else {
            long left = mark.remainingMillis() < 0 ? LIFE_MILLIS : Math.min(LIFE_MILLIS, mark.remainingMillis());
            late.claimLate(witness, now, now + TimeUnit.MILLISECONDS.toNanos(left));
        }
    }
}
