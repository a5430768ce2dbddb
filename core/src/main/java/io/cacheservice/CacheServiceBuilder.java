package io.cacheservice;

import io.cacheservice.internal.engine.Services;
import io.cacheservice.spi.RemoteTierProvider;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Opens a {@link CacheService} with the seams a program or a test may want to own. Not safe for use by many threads. */
public final class CacheServiceBuilder {
    private CacheConfig config = CacheConfig.builder().build();
    private TimeSource time = TimeSource.system();
    private @Nullable Executor executor;
    private ContextCarrier carrier = ContextCarrier.none();
    private @Nullable RandomGenerator random;
    private @Nullable RemoteTierProvider remoteTier;

    CacheServiceBuilder() {}

    /** The settings; those of {@link CacheConfig.Builder} by default. */
    public CacheServiceBuilder config(CacheConfig config) {
        this.config = Objects.requireNonNull(config, "config");
        return this;
    }

    /** The clock; the machine's by default. */
    public CacheServiceBuilder time(TimeSource time) {
        this.time = Objects.requireNonNull(time, "time");
        return this;
    }

    /**
     * Where loaders and the completions of asynchronous calls run. By default virtual threads on Java 21 and later, a
     * bounded pool of daemon threads before; the default is ended by {@link CacheService#close()}, a given one is not.
     *
     * <p>With a Redis, tasks are often handed over by its I/O thread. An executor that runs a task inside {@code execute},
     * as a full pool with {@code CallerRunsPolicy} does, does not slow the caller down then: the task moves on to the
     * common pool.
     */
    public CacheServiceBuilder executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /** Carries the context of callers to their loaders; nothing by default. */
    public CacheServiceBuilder contextCarrier(ContextCarrier carrier) {
        this.carrier = Objects.requireNonNull(carrier, "carrier");
        return this;
    }

    /** The dice of probabilistic decisions; must be safe for use by many threads. */
    public CacheServiceBuilder random(RandomGenerator random) {
        this.random = Objects.requireNonNull(random, "random");
        return this;
    }

    /**
     * Who opens the remote tier where the configuration names a Redis; by default the first that {@link
     * java.util.ServiceLoader} finds. For a tier of your own, or something that stands between the service and the usual one.
     */
    public CacheServiceBuilder remoteTier(RemoteTierProvider remoteTier) {
        this.remoteTier = Objects.requireNonNull(remoteTier, "remoteTier");
        return this;
    }

    /** Opens the service; see {@link CacheService#open(CacheConfig)} for its errors. */
    public CacheService open() {
        return Services.open(config, time, executor, carrier, random, remoteTier);
    }
}
