package io.cacheservice.testkit.chaos;

import io.cacheservice.AsyncBulkLoader;
import io.cacheservice.AsyncLoader;
import io.cacheservice.BulkLoader;
import io.cacheservice.ContextLoader;
import io.cacheservice.Loader;
import io.cacheservice.SourceWriter;
import io.cacheservice.TimeSource;
import io.cacheservice.spi.RemoteTierProvider;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Trouble for a source, or for the tier in Redis, that a test switches on and off.
 *
 * <pre>{@code
 * try (Chaos chaos = Chaos.seeded(42)) {
 *     CacheService service = CacheService.builder().config(config).remoteTier(chaos.remoteTier()).open();
 *     chaos.begin(ChaosPlan.none().failing(0.2).vanishing(0.1));
 *     ...
 *     chaos.end();
 * }
 * }</pre>
 *
 * <p>A new one does nothing until {@link #begin}. One may stand around many things at once, which then share plans, counts and
 * dice. The troubles of the first call, the second and so on follow from the seed; which call is the first, where many threads
 * call, does not. Delays are in real time, whatever the clock.
 *
 * <p>What waits holds no thread, except for blocking loaders and writers: they wait where they are called, as one does that
 * waits for a database. What {@linkplain Trouble#VANISHED vanished} at a source is answered by {@link #close()} only, with a
 * {@link ChaosException}. The tier keeps the contract of tiers: no answer, or one that is later than {@code readTimeout} or
 * {@code writeTimeout}, is a {@link io.cacheservice.CacheTimeoutException} when that time is up.
 *
 * <p>Close it when nobody needs what it stands around any more, or needs it as it is. Safe for use by many threads.
 */
public final class Chaos implements AutoCloseable {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final TimeSource time;
    private final AtomicLong calls = new AtomicLong();
    private final Map<Trouble, LongAdder> counts = new EnumMap<>(Trouble.class);
    private final SourceAnswers sources = new SourceAnswers(this);
    private volatile Begun begun = new Begun(List.of(), 0);

    private record Begun(List<ChaosPlan> plans, long atNanos) {}

    private Chaos(long seed, TimeSource time) {
        this.seed = seed;
        this.time = time;
        for (Trouble each : Trouble.values()) {
            counts.put(each, new LongAdder());
        }
    }

    /** A quiet one, whose plans go by the machine's clock. */
    public static Chaos seeded(long seed) {
        return seeded(seed, TimeSource.system());
    }

    /** A quiet one, whose {@linkplain ChaosPlan#between schedule} goes by {@code time}. */
    public static Chaos seeded(long seed, TimeSource time) {
        return new Chaos(seed, Objects.requireNonNull(time, "time"));
    }

    /**
     * From now on, these plans hold in place of those before: for each call the first of them that is for its moment. Their
     * clock begins now.
     */
    public void begin(ChaosPlan... plans) {
        begun = new Begun(List.of(plans), time.nanoTime());
    }

    /** From now on nothing happens. What was delayed or has vanished stays so. */
    public void end() {
        begin();
    }

    /** To how many calls that happened so far, all wrapped things together; {@link Trouble#NONE}: those let through. */
    public long count(Trouble what) {
        return Objects.requireNonNull(counts.get(what)).sum();
    }

    /** A loader that has these troubles. */
    public <K, V> Loader<K, V> loader(Loader<K, V> loader) {
        Objects.requireNonNull(loader, "loader");
        return key -> sources.blocking(() -> loader.load(key));
    }

    /** As {@link #loader(Loader)}. */
    public <K, V> ContextLoader<K, V> loader(ContextLoader<K, V> loader) {
        Objects.requireNonNull(loader, "loader");
        return (key, context) -> sources.blocking(() -> loader.load(key, context));
    }

    /** As {@link #loader(Loader)}, without a thread that waits. */
    public <K, V> AsyncLoader<K, V> asyncLoader(AsyncLoader<K, V> loader) {
        Objects.requireNonNull(loader, "loader");
        return (key, context) -> sources.begun(() -> loader.load(key, context));
    }

    /** As {@link #loader(Loader)}: one trouble for all keys of a call. */
    public <K, V> BulkLoader<K, V> bulkLoader(BulkLoader<K, V> loader) {
        Objects.requireNonNull(loader, "loader");
        return keys -> sources.blocking(() -> loader.loadAll(keys));
    }

    /** As {@link #bulkLoader}, without a thread that waits. */
    public <K, V> AsyncBulkLoader<K, V> asyncBulkLoader(AsyncBulkLoader<K, V> loader) {
        Objects.requireNonNull(loader, "loader");
        return keys -> sources.begun(() -> loader.loadAll(keys));
    }

    /** A writer that has these troubles. What is delayed or vanishes has been written before. */
    public <K, V> SourceWriter<K, V> writer(SourceWriter<K, V> writer) {
        return new ChaosWriter<>(Objects.requireNonNull(writer, "writer"), sources);
    }

    /**
     * What opens the tier that the service would have without it, with these troubles: for {@link
     * io.cacheservice.CacheServiceBuilder#remoteTier}. Values that are read or written have other bytes where the plan says
     * so, from the entry's header to its end; counters and what is stored as {@link io.cacheservice.EntryFormat#RAW} show
     * nobody that they were changed: counters are left alone, and with a {@code RAW} cache do not corrupt.
     *
     * @throws IllegalStateException when no module that can open one is on the class path
     */
    public RemoteTierProvider remoteTier() {
        return remoteTier(ServiceLoader.load(RemoteTierProvider.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing on the class path opens a remote tier: add the"
                        + " artifact io.cacheservice:cache-service-redis")));
    }

    /** As {@link #remoteTier()}, around the tiers that {@code provider} opens. */
    public RemoteTierProvider remoteTier(RemoteTierProvider provider) {
        Objects.requireNonNull(provider, "provider");
        return (config, clock, executor) ->
                new ChaosTier(provider.open(config, clock, executor), this, config, executor);
    }

    /** Ends it: what has vanished is answered with an error, and what is delayed too; from now on nothing happens. */
    @Override
    public void close() {
        end();
        sources.close();
    }

    /** What happens to the next call. Whether its bytes were changed is counted by {@link #corrupted}. */
    Draw next() {
        Draw draw = drawn();
        if (draw.trouble() != Trouble.CORRUPTED) {
            counted(draw.trouble());
        }
        return draw;
    }

    private Draw drawn() {
        Begun now = begun;
        Duration elapsed = Duration.ofNanos(time.nanoTime() - now.atNanos());
        for (ChaosPlan plan : now.plans()) {
            if (plan.covers(elapsed)) {
                // the n-th number of the sequence that the seed begins
                SplittableRandom dice = new SplittableRandom(seed + calls.getAndIncrement() * GOLDEN_GAMMA);
                return new Draw(plan.trouble(dice.nextDouble()), plan.delay(), dice);
            }
        }
        return Draw.NOTHING;
    }

    /** Counts a call that was to have other bytes: whether it had any that could be changed. */
    void corrupted(boolean changed) {
        counted(changed ? Trouble.CORRUPTED : Trouble.NONE);
    }

    private void counted(Trouble what) {
        Objects.requireNonNull(counts.get(what)).increment();
    }

    /**
     * What happens to a call.
     *
     * @param delay of {@link Trouble#DELAYED}
     * @param dice for what is random about it; for one thread
     */
    record Draw(Trouble trouble, Duration delay, SplittableRandom dice) {
        static final Draw NOTHING = new Draw(Trouble.NONE, Duration.ZERO, new SplittableRandom(0));
    }
}
