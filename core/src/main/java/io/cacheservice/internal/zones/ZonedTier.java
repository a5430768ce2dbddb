package io.cacheservice.internal.zones;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.ConnectionStats;
import io.cacheservice.EntryVersion;
import io.cacheservice.FailedOutcome;
import io.cacheservice.FlushCause;
import io.cacheservice.ListeningConnection;
import io.cacheservice.ReplicaReads;
import io.cacheservice.TimeSource;
import io.cacheservice.ZoneStats;
import io.cacheservice.internal.entry.EntryCodec;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.spi.ChangeListener;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.LossListener;
import io.cacheservice.spi.RemoteDetails;
import io.cacheservice.spi.RemoteKeys;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import io.cacheservice.spi.StoredString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Several Redis that hold the same cache, as one: the nearest answers, all are written ({@link ZonedWrites}).
 *
 * <p>A zone answers only while it has missed nothing that this process knows of ({@link Zone}); when the nearest cannot, the
 * next one does. Loads are leased in the zone that answers, so there is one for each key and zone, and their results stay
 * there. Safe for use by many threads.
 */
public final class ZonedTier implements RemoteTier {
    /** In the order that is the same in all processes. */
    private final List<Zone> zones;

    private final Nearness nearness;
    private final ZonedWrites writes;
    private final LateMarks marks;
    private final TimeSource time;
    /** The one for keys without a source, or itself. */
    private final ZonedTier sole;

    /**
     * Begins to look after the zones.
     *
     * @param zones in the order that is the same in all processes
     * @param near where this process reads first
     * @param markKey under which key it stands in other zones that the one of a name is late
     * @param lookMillis how often that is looked at
     */
    public ZonedTier(
            List<Zone> zones,
            Zone near,
            Function<String, byte[]> markKey,
            long lookMillis,
            TimeSource time,
            RandomGenerator random) {
        this.zones = List.copyOf(zones);
        this.time = time;
        this.nearness = new Nearness(this.zones, near, time);
        this.marks = new LateMarks(this.zones, zone -> markKey.apply(zone.name()), time, lookMillis);
        this.writes = new ZonedWrites(this.zones, marks, random);
        this.sole = new ZonedTier(this);
        marks.start();
    }

    private ZonedTier(ZonedTier sourced) {
        this.zones = sourced.zones;
        this.time = sourced.time;
        this.nearness = sourced.nearness;
        this.marks = sourced.marks;
        this.writes = sourced.writes;
        this.sole = this;
    }

    @Override
    public RemoteTier sole() {
        return sole;
    }

    @Override
    public CompletableFuture<RemoteValue> get(byte[] key, boolean withRemaining) {
        CompletableFuture<RemoteValue> found = read(tier -> tier.get(key, withRemaining));
        return sole == this ? orCopy(found, key, withRemaining) : found;
    }

    @Override
    public CompletableFuture<RemoteValue> get(byte[] key, boolean withRemaining, ReplicaReads replicas) {
        CompletableFuture<RemoteValue> found = read(tier -> tier.get(key, withRemaining, replicas));
        return sole == this ? orCopy(found, key, withRemaining) : found;
    }

    @Override
    public CompletableFuture<List<CompletableFuture<RemoteValue>>> getAll(List<byte[]> keys, boolean withRemaining) {
        List<CompletableFuture<RemoteValue>> answers = new ArrayList<>(keys.size());
        keys.forEach(key -> answers.add(get(key, withRemaining)));
        return Futures.whenDone(answers);
    }

    private CompletableFuture<RemoteValue> orCopy(
            CompletableFuture<RemoteValue> asked, byte[] key, boolean withRemaining) {
        return Futures.then(
                asked,
                (found, failure) ->
                        found != null && isNothing(found) ? copy(key, withRemaining, zones.iterator(), found) : asked);
    }

    private CompletableFuture<RemoteValue> copy(
            byte[] key, boolean withRemaining, Iterator<Zone> rest, RemoteValue nothing) {
        while (rest.hasNext()) {
            Zone zone = rest.next();
            if (nearness.isTrusted(zone)) {
                return Futures.then(zone.tier().get(key, withRemaining), (found, failure) -> {
                    if (found == null || isNothing(found)) {
                        return copy(key, withRemaining, rest, nothing);
                    }
                    // samples of copies are compared with what is near: nothing vouches for what is not
                    return CompletableFuture.completedFuture(new RemoteValue(
                            found.stored(), found.remainingMillis(), found.sentAtNanos(), found.fromReplica(), null));
                });
            }
        }
        return CompletableFuture.completedFuture(nothing);
    }

    private static boolean isNothing(RemoteValue found) {
        StoredString stored = found.stored();
        return stored == null ? !found.isWrongType() : EntryCodec.isMarker(stored);
    }

    /** Epochs begin alike in all zones, so that an entry which is copied is valid where it comes to. */
    @Override
    public CompletableFuture<RemoteValue> epoch(byte[] key, byte[] ifNone) {
        Zone first = zones.get(0);
        Zone reader = nearness.reader();
        if (reader == null || reader == first || !nearness.isTrusted(first)) {
            return begunEverywhere(key, ifNone, read(tier -> tier.epoch(key, ifNone)));
        }
        CompletableFuture<RemoteValue> asked = read(tier -> tier.get(key, true));
        return Futures.then(
                asked,
                (found, failure) -> found != null && found.bytes() == null ? alignedEpoch(key, ifNone, first) : asked);
    }

    /** In every zone, since it is needed wherever the entries are; one that is away gets it when this is asked for again. */
    @Override
    public CompletableFuture<RemoteValue> keep(byte[] key, byte[] ifNone, long pxMillis) {
        List<CompletableFuture<RemoteValue>> kept = zones.stream()
                .map(zone -> zone.tier().keep(key, ifNone, pxMillis))
                .toList();
        return Futures.then(
                Futures.allDone(kept),
                (nothing, failure) -> kept.stream()
                        .filter(done -> !done.isCompletedExceptionally())
                        .findFirst()
                        .orElse(kept.get(0)));
    }

    /** One that begins now begins in all zones, for one of them may be alone tomorrow. */
    private CompletableFuture<RemoteValue> begunEverywhere(
            byte[] key, byte[] ifNone, CompletableFuture<RemoteValue> asked) {
        return Futures.then(asked, (standing, failure) -> {
            if (standing == null || !Arrays.equals(standing.bytes(), ifNone)) {
                return asked;
            }
            List<CompletableFuture<?>> begun = new ArrayList<>();
            zones.forEach(zone -> begun.add(zone.tier().epoch(key, ifNone)));
            return Futures.then(Futures.allDone(begun), (nothing, never) -> asked);
        });
    }

    private CompletableFuture<RemoteValue> alignedEpoch(byte[] key, byte[] ifNone, Zone first) {
        return Futures.then(first.tier().epoch(key, ifNone), (ofFirst, failure) -> {
            byte[] begun = ofFirst == null ? null : ofFirst.bytes();
            CompletableFuture<RemoteValue> standing = read(tier -> tier.epoch(key, begun == null ? ifNone : begun));
            return begun == null
                    ? standing
                    : Futures.then(
                            standing,
                            (here, refused) ->
                                    here == null ? standing : stillAligned(key, ifNone, first, begun, standing));
        });
    }

    /** What was replaced in the first zone meanwhile must not begin anew in another one. */
    private CompletableFuture<RemoteValue> stillAligned(
            byte[] key, byte[] ifNone, Zone first, byte[] begun, CompletableFuture<RemoteValue> standing) {
        return Futures.then(first.tier().epoch(key, ifNone), (again, unknown) -> {
            if (again != null && Arrays.equals(again.bytes(), begun)) {
                return standing;
            }
            return Futures.then(
                    writes.replaceEpoch(key, ifNone),
                    (nothing, failure) -> failure == null
                            ? read(tier -> tier.epoch(key, ifNone))
                            : CompletableFuture.failedFuture(failure));
        });
    }

    @Override
    public CompletableFuture<RemoteDetails> inspect(byte[] key) {
        return nearness.ask(zone -> zone.tier().inspect(key));
    }

    private CompletableFuture<RemoteValue> read(Function<RemoteTier, CompletableFuture<RemoteValue>> question) {
        return nearness.ask(zone -> {
            ZoneTerm term = zone.term();
            return Futures.map(question.apply(zone.tier()), term::guarded);
        });
    }

    @Override
    public CompletableFuture<@Nullable Void> set(byte[] key, byte[] value, long pxMillis) {
        return writes.set(key, value, pxMillis);
    }

    @Override
    public CompletableFuture<Boolean> delete(byte[] key) {
        return writes.delete(key);
    }

    @Override
    public List<CompletableFuture<Boolean>> deleteAll(List<byte[]> keys) {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>(keys.size());
        keys.forEach(key -> answers.add(writes.delete(key)));
        return answers;
    }

    @Override
    public CompletableFuture<@Nullable Void> replaceEpoch(byte[] key, byte[] epoch) {
        return writes.replaceEpoch(key, epoch);
    }

    @Override
    public CompletableFuture<Boolean> delete(byte[] key, EntryVersion seen) {
        return decided(key, tier -> tier.delete(key, seen), isDone -> isDone);
    }

    @Override
    public CompletableFuture<Boolean> setIfAbsent(byte[] key, byte[] value, long pxMillis) {
        return decided(key, tier -> tier.setIfAbsent(key, value, pxMillis), isDone -> isDone);
    }

    @Override
    public CompletableFuture<Boolean> replace(byte[] key, EntryVersion seen, byte[] value, long pxMillis) {
        return decided(key, tier -> tier.replace(key, seen, value, pxMillis), isDone -> isDone);
    }

    @Override
    public CompletableFuture<Boolean> relive(byte[] key, EntryVersion seen, byte[] value, long pxMillis) {
        return writes.relive(key, seen, value, pxMillis);
    }

    @Override
    public CompletableFuture<RemoteValue> getAndDelete(byte[] key) {
        return decided(key, tier -> tier.getAndDelete(key), taken -> true);
    }

    @Override
    public CompletableFuture<Long> increment(byte[] key, long delta, long pxMillisIfNew) {
        return decided(key, tier -> tier.increment(key, delta, pxMillisIfNew), sum -> true);
    }

    /** What no source knows is the same in all zones, so one zone decides for all; else each zone has what it loaded. */
    private <T> CompletableFuture<T> decided(
            byte[] key, Function<RemoteTier, CompletableFuture<T>> change, Predicate<? super T> isChange) {
        Zone decider = sole == this ? zones.get(0) : nearness.reader();
        if (decider == null) {
            return CompletableFuture.failedFuture(Nearness.noneTrusted());
        }
        return nearness.isTrusted(decider)
                ? writes.decided(decider, key, change, isChange)
                : CompletableFuture.failedFuture(new CacheConnectionException(
                        "zone " + decider.name()
                                + ", which decides this alone, has missed changes that it has yet to hear",
                        FailedOutcome.NOT_APPLIED,
                        null));
    }

    @Override
    public Lease lease(byte[] key, byte[] placeholder, long leaseMillis, @Nullable EntryVersion over) {
        return near(tier -> tier.lease(key, placeholder, leaseMillis, over));
    }

    @Override
    public Lease refreshLease(byte[] key, byte[] placeholder, long leaseMillis, EntryVersion seen) {
        return near(tier -> tier.refreshLease(key, placeholder, leaseMillis, seen));
    }

    private Lease near(Function<RemoteTier, Lease> leaseOf) {
        return new NearLease(leaseOf, attempt -> nearness.ask(zone -> attempt.apply(zone.tier())));
    }

    @Override
    public Lease seize(byte[] key, byte[] placeholder, long leaseMillis) {
        return new LeaseEverywhere(writes, key, placeholder, leaseMillis);
    }

    @Override
    public CompletableFuture<RemoteKeys> scan(byte[] prefix, @Nullable String cursor, int limit) {
        Zone zone = nearness.reader();
        int slash = cursor == null ? -1 : cursor.indexOf('/');
        if (cursor != null) {
            String named = slash < 0 ? "" : cursor.substring(0, slash);
            zone = zones.stream()
                    .filter(known -> known.name().equals(named))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("the cursor names no zone"));
        }
        if (zone == null) {
            return CompletableFuture.failedFuture(Nearness.noneTrusted());
        }
        String begun = zone.name();
        return Futures.map(
                zone.tier().scan(prefix, cursor == null ? null : cursor.substring(slash + 1), limit),
                keys -> new RemoteKeys(
                        keys.keys(), keys.next() == null ? null : begun + "/" + keys.next(), keys.unlisted()));
    }

    @Override
    public CompletableFuture<RemoteValue> observe(byte[] key) {
        return nearness.ask(zone -> zone.tier().observe(key));
    }

    @Override
    public CompletableFuture<@Nullable Void> stir(byte[] key) {
        return nearness.near().tier().stir(key);
    }

    @Override
    public void onChange(ChangeListener listener) {
        for (Zone zone : zones) {
            zone.tier().onChange(key -> {
                listener.changed(key);
                if (marks.isMark(key)) {
                    marks.look();
                }
            });
        }
    }

    @Override
    public void onLoss(LossListener listener) {
        zones.forEach(zone -> zone.tier().onLoss(listener));
    }

    @Override
    public void proveEvery(long maxStalenessNanos) {
        zones.forEach(zone -> zone.tier().proveEvery(maxStalenessNanos));
    }

    @Override
    public List<ListeningConnection> listening() {
        return zones.stream().flatMap(zone -> zone.tier().listening().stream()).toList();
    }

    @Override
    public Map<FlushCause, Long> flushes() {
        Map<FlushCause, Long> sum = new EnumMap<>(FlushCause.class);
        zones.forEach(zone -> zone.tier().flushes().forEach((cause, count) -> sum.merge(cause, count, Long::sum)));
        return sum;
    }

    @Override
    public List<ConnectionStats> connections() {
        return zones.stream()
                .flatMap(zone -> zone.tier().connections().stream())
                .toList();
    }

    @Override
    public List<ZoneStats> zones() {
        long now = time.nanoTime();
        return zones.stream()
                .map(zone -> zone.stats(zone == nearness.near(), now))
                .toList();
    }

    @Override
    public void close() {
        marks.close();
        zones.forEach(Zone::close);
    }
}
