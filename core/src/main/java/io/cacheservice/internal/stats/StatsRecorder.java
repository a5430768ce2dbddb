package io.cacheservice.internal.stats;

import io.cacheservice.CacheStats;
import io.cacheservice.ErrorKind;
import io.cacheservice.EvictionCause;
import io.cacheservice.Operation;
import io.cacheservice.Reason;
import io.cacheservice.Tier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one cache has done since it was opened: exact counts, and latencies of a random sample.
 *
 * <p>Every counting method is a striped increment, without a lock or an allocation. Memory is fixed: the counters, and one
 * histogram for each {@link Operation} that was measured at all and for the leads of refreshes. Percentiles are of everything since the cache was opened,
 * not of a window. Safe for use by many threads; a snapshot taken while others record contains every record that finished
 * before it began.
 */
public final class StatsRecorder {
    private static final int SAMPLE_MASK = 127;

    private final LongAdder localHits = new LongAdder();
    private final LongAdder remoteHits = new LongAdder();
    private final LongAdder replicaHits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder undecodable = new LongAdder();
    private final LongAdder migrated = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder removals = new LongAdder();
    private final LongAdder loadSuccesses = new LongAdder();
    private final LongAdder loadFailures = new LongAdder();
    private final LongAdder loadNanos = new LongAdder();
    private final LongAdder lateLoads = new LongAdder();
    private final LongAdder joinedLoads = new LongAdder();
    private final LongAdder leasesGranted = new LongAdder();
    private final LongAdder leasesHeld = new LongAdder();
    private final LongAdder leasesRefused = new LongAdder();
    private final LongAdder fillsRefused = new LongAdder();
    private final LongAdder duplicateLoads = new LongAdder();
    private final LongAdder refreshes = new LongAdder();
    private final LongAdder refreshesLeft = new LongAdder();
    private final LongAdder shedLoads = new LongAdder();
    private final LongAdder refreshesShed = new LongAdder();
    private final LongAdder refreshesWasted = new LongAdder();
    private final LongAdder compressed = new LongAdder();
    private final LongAdder leftAsTheyWere = new LongAdder();
    private final LongAdder plainBytes = new LongAdder();
    private final LongAdder storedBytes = new LongAdder();
    private final LongAdder compressNanos = new LongAdder();
    private final LongAdder decompressNanos = new LongAdder();
    private final LongAdder unknownDictionary = new LongAdder();
    private final LongAdder dictionariesTrained = new LongAdder();
    private final LongAdder trainingNanos = new LongAdder();
    private final LatencyHistogram refreshLeads = new LatencyHistogram(TimeUnit.MILLISECONDS);
    private final EnumTable<Reason, LongAdder> stale = new EnumTable<>(Reason.class, LongAdder::new);
    private final LongAdder evictedBytes = new LongAdder();
    private final EnumTable<EvictionCause, LongAdder> evictions = new EnumTable<>(EvictionCause.class, LongAdder::new);
    private final EnumTable<ErrorKind, LongAdder> errors = new EnumTable<>(ErrorKind.class, LongAdder::new);
    private final EnumTable<Operation, LatencyHistogram> latencies =
            new EnumTable<>(Operation.class, LatencyHistogram::new);

    /** Whether to measure the operation that begins now: at random, one in 128. Threads share nothing for it. */
    public static boolean sample() {
        return (ThreadLocalRandom.current().nextInt() & SAMPLE_MASK) == 0;
    }

    /** A read was answered by the local tier. */
    public void localHit() {
        localHits.increment();
    }

    /** A read was answered by Redis. */
    public void remoteHit() {
        remoteHits.increment();
    }

    /**
     * {@code count} reads were answered by {@code tier}.
     *
     * @throws IllegalArgumentException for {@link Tier#SOURCE}: an answer of the loader is a miss and a load
     */
    public void hits(Tier tier, long count) {
        switch (tier) {
            case LOCAL -> localHits.add(count);
            case REMOTE -> remoteHits.add(count);
            case REPLICA -> replicaHits.add(count);
            case SOURCE -> throw new IllegalArgumentException("SOURCE has no hits: count a miss and a load");
        }
    }

    /** A read was answered by no tier. */
    public void miss() {
        misses.increment();
    }

    /** {@code count} reads were answered by no tier. */
    public void misses(long count) {
        misses.add(count);
    }

    /** Bytes could not be decoded. The read is counted as a {@link #miss} besides, once, by whoever ends it. */
    public void undecodable() {
        undecodable.increment();
    }

    /** A {@link #hits hit} of Redis was of another schema, and a migration read it. */
    public void migrated() {
        migrated.increment();
    }

    /** A value was stored. */
    public void put() {
        puts.increment();
    }

    /** {@code count} values were stored. */
    public void puts(long count) {
        puts.add(count);
    }

    /** A key was removed or invalidated. */
    public void removal() {
        removals.increment();
    }

    /** {@code count} keys were removed or invalidated. */
    public void removals(long count) {
        removals.add(count);
    }

    /** A load gave an answer after {@code nanos}; also its {@link Operation#LOAD} latency. */
    public void loadSucceeded(long nanos) {
        loadSuccesses.increment();
        measureLoad(nanos);
    }

    /** A load failed after {@code nanos}; also its {@link Operation#LOAD} latency. */
    public void loadFailed(long nanos) {
        loadFailures.increment();
        measureLoad(nanos);
    }

    /** A load's answer came after its time was up, and was dropped. */
    public void loadCameTooLate() {
        lateLoads.increment();
    }

    /** A read waits for a load that runs in this process already. */
    public void joinedLoad() {
        joinedLoads.increment();
    }

    /** Redis granted the right to load a key. */
    public void leaseGranted() {
        leasesGranted.increment();
    }

    /** Another process had the right to load a key, so that its result is waited for. */
    public void leaseHeld() {
        leasesHeld.increment();
    }

    /** Redis gave the right to load a key to nobody: what was seen is there no more, or it cannot be asked. */
    public void leaseRefused() {
        leasesRefused.increment();
    }

    /** What a load gave was not stored, for its key was written, removed or invalidated since it began. */
    public void fillRefused() {
        fillsRefused.increment();
    }

    /** What a load gave was not stored, and what is there instead another load gave. */
    public void loadWasDuplicate() {
        duplicateLoads.increment();
    }

    /** A load was refused, since too many were running and waiting. */
    public void loadShed() {
        shedLoads.increment();
    }

    /** A load that nobody waits for has begun. */
    public void refreshBegun() {
        refreshes.increment();
    }

    /** Another process reloads, or has reloaded, what was to be reloaded here. */
    public void refreshLeftToOthers() {
        refreshesLeft.increment();
    }

    /** A load that nobody would have waited for was left out, since too many of them were running. */
    public void refreshShed() {
        refreshesShed.increment();
    }

    /** What a load that nobody waited for had stored was read by nobody when it ended. */
    public void refreshWasted() {
        refreshesWasted.increment();
    }

    /**
     * A load that nobody waited for has replaced an entry that lived when it began.
     *
     * @param leadNanos how long that entry would have lived on; zero or less when it had ended meanwhile
     */
    public void refreshedEarly(long leadNanos) {
        refreshLeads.record(leadNanos);
    }

    /** A value of {@code plain} bytes is stored with {@code stored}. */
    public void compressed(int plain, int stored) {
        compressed.increment();
        plainBytes.add(plain);
        storedBytes.add(stored);
    }

    /** A value is stored as it is. */
    public void leftAsItIs() {
        leftAsTheyWere.increment();
    }

    /** Compressing took so long, estimated for all since the last estimate. */
    public void compressNanos(long nanos) {
        compressNanos.add(nanos);
    }

    /** Decompressing took so long, estimated likewise. */
    public void decompressNanos(long nanos) {
        decompressNanos.add(nanos);
    }

    /** An entry could not be read without a dictionary that could not be had. */
    public void unknownDictionary() {
        unknownDictionary.increment();
    }

    /** A dictionary that was trained here is used by all. */
    public void dictionaryTrained() {
        dictionariesTrained.increment();
    }

    /** Training took so long. */
    public void trainingNanos(long nanos) {
        trainingNanos.add(nanos);
    }

    /**
     * An expired entry was answered.
     *
     * @throws IllegalArgumentException for a reason of an entry that had not expired
     */
    public void stale(Reason reason) {
        if (!reason.isStale()) {
            throw new IllegalArgumentException(reason + " is no reason to answer what has expired");
        }
        stale.get(reason).increment();
    }

    /** A call failed. */
    public void error(ErrorKind kind) {
        errors.get(kind).increment();
    }

    /** {@code count} keys of a batch failed. */
    public void errors(ErrorKind kind, long count) {
        errors.get(kind).add(count);
    }

    /** An entry of {@code bytes} left the local tier; its bytes are counted when room was the cause. */
    public void evicted(EvictionCause cause, long bytes) {
        evictions.get(cause).increment();
        if (cause != EvictionCause.EXPIRED) {
            evictedBytes.add(bytes);
        }
    }

    /**
     * An operation that {@link #sample} chose took {@code nanos}.
     *
     * @throws IllegalArgumentException for {@link Operation#LOAD}, which {@link #loadSucceeded} and {@link #loadFailed}
     *     measure every time
     */
    public void latency(Operation operation, long nanos) {
        if (operation == Operation.LOAD) {
            throw new IllegalArgumentException("LOAD is measured by loadSucceeded and loadFailed");
        }
        latencies.get(operation).record(nanos);
    }

    /** What the cache called {@code name} has done until now. For a whole service, see {@link ServiceStats}. */
    public CacheStats snapshot(String name, LocalUsage local, int journaled) {
        return tally().toStats(name, local, journaled, List.of(), Map.of());
    }

    Tally tally() {
        Tally tally = new Tally();
        tally.localHits = localHits.sum();
        tally.remoteHits = remoteHits.sum();
        tally.replicaHits = replicaHits.sum();
        tally.undecodable = undecodable.sum();
        tally.migrated = migrated.sum();
        tally.compressed = compressed.sum();
        tally.leftAsTheyWere = leftAsTheyWere.sum();
        tally.plainBytes = plainBytes.sum();
        tally.storedBytes = storedBytes.sum();
        tally.compressNanos = compressNanos.sum();
        tally.decompressNanos = decompressNanos.sum();
        tally.unknownDictionary = unknownDictionary.sum();
        tally.trained = dictionariesTrained.sum();
        tally.trainingNanos = trainingNanos.sum();
        tally.misses = misses.sum();
        tally.puts = puts.sum();
        tally.removals = removals.sum();
        tally.loadSuccesses = loadSuccesses.sum();
        tally.loadFailures = loadFailures.sum();
        tally.loadNanos = loadNanos.sum();
        tally.joinedLoads = joinedLoads.sum();
        tally.leasesGranted = leasesGranted.sum();
        tally.leasesHeld = leasesHeld.sum();
        tally.leasesRefused = leasesRefused.sum();
        tally.fillsRefused = fillsRefused.sum();
        tally.duplicateLoads = duplicateLoads.sum();
        tally.lateLoads = lateLoads.sum();
        tally.shedLoads = shedLoads.sum();
        tally.refreshes = refreshes.sum();
        tally.refreshesLeft = refreshesLeft.sum();
        tally.refreshesShed = refreshesShed.sum();
        tally.refreshesWasted = refreshesWasted.sum();
        tally.refreshLeads.add(refreshLeads.copy());
        stale.map(LongAdder::sum).forEach((reason, count) -> {
            if (reason.isStale()) {
                tally.stale.put(reason, count);
            }
        });
        tally.evictedBytes = evictedBytes.sum();
        tally.evictions.putAll(evictions.map(LongAdder::sum));
        tally.errors.putAll(errors.map(LongAdder::sum));
        tally.latencies.putAll(latencies.map(LatencyHistogram::copy));
        return tally;
    }

    /** Bytes of the histograms. */
    int footprintBytes() {
        return refreshLeads.footprintBytes()
                + latencies.map(LatencyHistogram::footprintBytes).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
    }

    private void measureLoad(long nanos) {
        loadNanos.add(nanos);
        latencies.get(Operation.LOAD).record(nanos);
    }
}
