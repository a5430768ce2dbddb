package io.cacheservice.internal.zones;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.EntryVersion;
import io.cacheservice.internal.entry.EntryCodec;
import io.cacheservice.internal.entry.EntryHeader;
import io.cacheservice.internal.futures.Delivery;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.RemoteTier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Changes of what several zones hold.
 *
 * <p>A removal goes to all of them, in any order. A value is put into the first zone, and into each other one under a lease that
 * was taken before. Of two writers of one key, the one whose value comes to the first zone last has either taken his leases
 * last, or finds that they were ended, and removes the key there: so zones never keep two values, but one and holes. What only
 * one can decide, the first zone decides, and the others hold nothing then. A zone that could not be reached is owed a removal,
 * and a mark in the others says that it is late, before the caller is answered.
 *
 * <p>Safe for use by many threads.
 */
final class ZonedWrites {
    /** How long a copy may be under way; beyond that it does not stand, and is removed. */
    private static final long LEASE_MILLIS = 2_000;

    private final List<Zone> zones;
    private final Zone first;
    private final LateMarks marks;
    private final RandomGenerator random;

    ZonedWrites(List<Zone> zones, LateMarks marks, RandomGenerator random) {
        this.zones = zones;
        this.first = zones.get(0);
        this.marks = marks;
        this.random = random;
    }

    List<Zone> zones() {
        return zones;
    }

    CompletableFuture<@Nullable Void> set(byte[] key, byte[] value, long pxMillis) {
        Object mark = first.debts().mark(key);
        List<ZoneLease> copies = leases(key);
        List<CompletableFuture<?>> taken = copies.stream().map(ZoneLease::take).toList();
        return Futures.then(Futures.allDone(taken), (nothing, never) -> {
            CompletableFuture<@Nullable Void> ofFirst = first.tier().set(key, value, pxMillis);
            return Futures.then(ofFirst, (done, failure) -> {
                if (failure != null && !isOfTheZone(failure)) {
                    List<CompletableFuture<?>> ended =
                            copies.stream().map(ZoneLease::release).toList();
                    return Futures.then(Futures.allDone(ended), (released, none) -> ofFirst);
                }
                List<Part> parts = new ArrayList<>();
                parts.add(new Part(first, ofFirst, mark));
                copies.forEach(copy -> parts.add(copy.filled(value, pxMillis)));
                return settled(key, parts);
            });
        });
    }

    private List<ZoneLease> leases(byte[] key) {
        List<ZoneLease> leases = new ArrayList<>(zones.size() - 1);
        byte[] placeholder = EntryCodec.encode(EntryHeader.lease(random.nextLong(), LEASE_MILLIS));
        for (Zone zone : zones.subList(1, zones.size())) {
            leases.add(new ZoneLease(
                    zone,
                    key,
                    zone.tier().seize(key, placeholder, LEASE_MILLIS),
                    zone.debts().mark(key)));
        }
        return leases;
    }

    /** Removes {@code key} everywhere; answers whether it was anywhere. */
    CompletableFuture<Boolean> delete(byte[] key) {
        List<CompletableFuture<Boolean>> removals = new ArrayList<>(zones.size());
        return Futures.map(
                settled(key, everywhere(key, zone -> {
                    CompletableFuture<Boolean> removal = zone.tier().delete(key);
                    removals.add(removal);
                    return removal;
                })),
                nothing -> removals.stream()
                        .anyMatch(removal -> !removal.isCompletedExceptionally() && removal.getNow(false)));
    }

    CompletableFuture<@Nullable Void> replaceEpoch(byte[] key, byte[] epoch) {
        return settled(key, everywhere(key, zone -> zone.tier().replaceEpoch(key, epoch)));
    }

    private List<Part> everywhere(byte[] key, Function<Zone, CompletableFuture<?>> change) {
        List<Part> parts = new ArrayList<>(zones.size());
        for (Zone zone : zones) {
            Object mark = zone.debts().mark(key);
            parts.add(new Part(zone, change.apply(zone), mark));
        }
        return parts;
    }

    /**
     * A change that one zone decides alone.
     *
     * @param isChange whether an answer means that others must not hold what they did
     */
    <T> CompletableFuture<T> decided(
            Zone decider,
            byte[] key,
            Function<RemoteTier, CompletableFuture<T>> change,
            Predicate<? super T> isChange) {
        CompletableFuture<T> answered = change.apply(decider.tier());
        return Futures.then(answered, (answer, failure) -> {
            boolean isChanged =
                    answer == null ? failure != null && Delivery.mayHaveBeenApplied(failure) : isChange.test(answer);
            return isChanged
                    ? Futures.then(
                            settled(
                                    key,
                                    everywhere(
                                            key,
                                            zone -> zone == decider
                                                    ? done()
                                                    : zone.tier().delete(key))),
                            (nothing, unkept) -> unkept == null || answer == null
                                    ? answered
                                    : CompletableFuture.failedFuture(unkept))
                    : answered;
        });
    }

    /** Gives the entry {@code seen} another life wherever it is; answers whether it is anywhere. */
    CompletableFuture<Boolean> relive(byte[] key, EntryVersion seen, byte[] value, long pxMillis) {
        List<CompletableFuture<Boolean>> replaced = new ArrayList<>();
        zones.forEach(zone -> replaced.add(zone.tier().replace(key, seen, value, pxMillis)));
        return Futures.then(Futures.allDone(replaced), (nothing, never) -> {
            List<CompletableFuture<Boolean>> answered = replaced.stream()
                    .filter(each -> !each.isCompletedExceptionally())
                    .toList();
            return answered.isEmpty()
                    ? replaced.get(0)
                    : CompletableFuture.completedFuture(answered.stream().anyMatch(each -> each.getNow(false)));
        });
    }

    /**
     * What became of a change in one zone.
     *
     * @param mark of its debts, from before it was sent
     */
    record Part(Zone zone, CompletableFuture<?> end, Object mark) {
        boolean isFailed() {
            return end.isCompletedExceptionally();
        }
    }

    /**
     * Completed when all parts are: well when one zone has the change and the others are owed its removal, else as the first
     * that failed.
     */
    CompletableFuture<@Nullable Void> settled(byte[] key, List<Part> parts) {
        return Futures.then(Futures.allDone(parts.stream().map(Part::end).toList()), (nothing, never) -> {
            parts.stream()
                    .filter(part -> !part.isFailed())
                    .forEach(part -> part.zone().debts().settled(key, part.mark()));
            List<Part> failed = parts.stream().filter(Part::isFailed).toList();
            return failed.isEmpty() ? done() : settled(key, failed, failed.size() < parts.size());
        });
    }

    private CompletableFuture<@Nullable Void> settled(byte[] key, List<Part> failed, boolean isDoneSomewhere) {
        CacheException told = failureOf(failed.get(0));
        // if nobody has it for sure but the first may, the others must not contradict that one
        List<Part> rest = Delivery.mayHaveBeenApplied(told) ? failed.subList(1, failed.size()) : List.of();
        List<Part> behind = isDoneSomewhere ? failed : rest;
        CacheException unkept = owe(key, behind);
        return Futures.then(
                marked(behind),
                (left, none) -> isDoneSomewhere && unkept == null
                        ? done()
                        : CompletableFuture.failedFuture(unkept == null ? told : unkept));
    }

    private static @Nullable CacheException owe(byte[] key, List<Part> behind) {
        CacheException unkept = null;
        for (Part part : behind) {
            CacheException full = part.zone().owe(key);
            unkept = unkept == null ? full : unkept;
        }
        return unkept;
    }

    private CompletableFuture<@Nullable Void> marked(List<Part> behind) {
        return Futures.allDone(
                behind.stream().map(part -> marks.leave(part.zone())).toList());
    }

    private static CacheException failureOf(Part part) {
        CacheException failure = Futures.failureOf(part.end());
        return failure == null ? new CacheException("no failure") : failure;
    }

    @SuppressWarnings("NullAway") // the checker does not see that the result is nullable here
    private static CompletableFuture<@Nullable Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    /** Whether it is the zone that failed, and not what was to be done. */
    private static boolean isOfTheZone(Throwable failure) {
        return failure instanceof CacheTimeoutException || failure instanceof CacheConnectionException;
    }

    /** The right to put a copy into one zone. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record ZoneLease(Zone zone, byte[] key, Lease lease, Object mark) {
        CompletableFuture<?> take() {
            return lease.take();
        }

        /** Ends with a failure when the zone may have something else than the copy or nothing. */
        Part filled(byte[] value, long pxMillis) {
            CompletableFuture<Boolean> filling = lease.fill(value, pxMillis);
            CompletableFuture<Boolean> end = Futures.then(filling, (isFilled, failure) -> {
                boolean isThere = isFilled != null && isFilled;
                return isThere || (failure != null && isOfTheZone(failure))
                        ? filling
                        : zone.tier().delete(key);
            });
            return new Part(zone, end, mark);
        }

        CompletableFuture<?> release() {
            return lease.release(null, 0);
        }
    }
}
