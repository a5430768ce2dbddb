package io.cacheservice;

import java.time.Duration;
import java.util.Optional;

/**
 * How one read is answered.
 *
 * <p>Immutable: each method returns a new value.
 */
public final class ReadOptions {
    private static final ReadOptions DEFAULTS = new ReadOptions(false, Optional.empty(), true, ReplicaReads.NEVER);

    private final boolean latest;
    private final Optional<Duration> maxAge;
    private final boolean load;
    private final ReplicaReads replicas;

    private ReadOptions(boolean latest, Optional<Duration> maxAge, boolean load, ReplicaReads replicas) {
        this.latest = latest;
        this.maxAge = maxAge;
        this.load = load;
        this.replicas = replicas;
    }

    /** A read as the cache's policy says. */
    public static ReadOptions defaults() {
        return DEFAULTS;
    }

    /** A read that asks the tier of record, whatever this process holds in front of it. */
    public static ReadOptions latest() {
        return new ReadOptions(true, Optional.empty(), true, ReplicaReads.NEVER);
    }

    /**
     * A read that accepts only entries whose load or write was started at most {@code maxAge} ago.
     *
     * <p>Redis does not tell the age of entries without an end, of counters and of entries of format RAW: they are too old
     * for every {@code maxAge} up to 292 years. Beyond, any age is accepted.
     *
     * @throws IllegalArgumentException when {@code maxAge} is negative
     */
    public static ReadOptions maxAge(Duration maxAge) {
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("maxAge " + maxAge + " is refused: expected zero or more");
        }
        return new ReadOptions(false, Optional.of(maxAge), true, ReplicaReads.NEVER);
    }

    /** A read that never calls the loader. */
    public static ReadOptions noLoad() {
        return new ReadOptions(false, Optional.empty(), false, ReplicaReads.NEVER);
    }

    /** A read that a replica may answer; the answer is marked ({@link Tier#REPLICA}) and may be older than allowed else. */
    public static ReadOptions replicas(ReplicaReads replicas) {
        return new ReadOptions(false, Optional.empty(), true, replicas);
    }

    /** These options, never calling the loader. */
    public ReadOptions withoutLoad() {
        return new ReadOptions(latest, maxAge, false, replicas);
    }

    /** Whether the tier of record must be asked. */
    public boolean isLatest() {
        return latest;
    }

    /** The greatest age accepted. */
    public Optional<Duration> maxAge() {
        return maxAge;
    }

    /** Whether a replica may answer. */
    public ReplicaReads replicas() {
        return replicas;
    }

    /** Whether the loader may be called. */
    public boolean mayLoad() {
        return load;
    }

    @Override
    public String toString() {
        return "ReadOptions[" + (latest ? "latest" : "any tier")
                + maxAge.map(d -> ", maxAge " + d).orElse("") + (load ? "" : ", no load")
                + (replicas == ReplicaReads.NEVER ? "" : ", replicas " + replicas) + "]";
    }
}
