package io.cacheservice.redis.topology;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.CacheServiceBuilder;
import io.cacheservice.Tier;
import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.contract.TierFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** Several real servers, which keep their own time: {@link #advance} takes it from the remaining life of every key. */
final class TopologyFixture implements TierFixture {
    private final List<RedisServer> masters;
    private final UnaryOperator<CacheConfig.Builder> where;
    private final boolean localInFront;
    private final List<CacheService> opened = new ArrayList<>();

    /**
     * @param masters whoever holds keys; they outlive the fixture and are emptied here
     * @param where the settings that lead there
     */
    TopologyFixture(List<RedisServer> masters, UnaryOperator<CacheConfig.Builder> where) {
        this(masters, where, false);
    }

    /** @param localInFront whether the services keep local copies, which a test then finds as new as Redis */
    TopologyFixture(List<RedisServer> masters, UnaryOperator<CacheConfig.Builder> where, boolean localInFront) {
        this.localInFront = localInFront;
        this.masters = List.copyOf(masters);
        this.where = where;
        masters.forEach(master -> master.command("FLUSHALL"));
    }

    @Override
    public Tier tier() {
        return Tier.REMOTE;
    }

    @Override
    public CacheService open(CacheConfig.Builder settings, Consumer<CacheServiceBuilder> seams) {
        // The budgets are wide: what is tested here is meaning, on machines that may be busy.
        // short, so that what changed is soon known to have been heard
        settings.maxStaleness(localInFront ? Duration.ofMillis(200) : Duration.ZERO);
        CacheServiceBuilder builder = CacheService.builder()
                .config(where.apply(settings)
                        .readTimeout(Duration.ofSeconds(10))
                        .writeTimeout(Duration.ofSeconds(10))
                        .build());
        seams.accept(builder);
        CacheService service = builder.open();
        opened.add(service);
        return service;
    }

    @Override
    public void advance(Duration duration) {
        masters.forEach(master -> age(master, duration.toMillis()));
        long agedAtNanos = System.nanoTime();
        opened.forEach(service -> awaitHeard(service, agedAtNanos));
    }

    /** Until every connection of {@code service} has heard of all that changed before {@code nanos}. */
    private static void awaitHeard(CacheService service, long nanos) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> {
            long sinceNanos = System.nanoTime() - nanos;
            return service.coherence().connections().stream()
                    .allMatch(connection -> connection.heardAge().isPresent()
                            && connection.heardAge().get().toNanos() < sinceNanos);
        });
    }

    private static void age(RedisServer master, long millis) {
        if (master.command("KEYS", "*") instanceof List<?> keys) {
            for (Object key : keys) {
                if (master.command("PTTL", (String) key) instanceof Long remaining && remaining >= 0) {
                    // PEXPIRE of zero or less removes the key, as its end would
                    master.command("PEXPIRE", (String) key, Long.toString(remaining - millis));
                }
            }
        }
    }

    @Override
    public Duration clockTolerance() {
        return Duration.ofSeconds(5);
    }

    @Override
    public boolean decodesOnRead() {
        return true;
    }

    @Override
    public void close() {
        opened.forEach(CacheService::close);
    }
}
