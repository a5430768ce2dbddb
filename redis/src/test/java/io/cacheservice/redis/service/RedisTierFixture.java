package io.cacheservice.redis.service;

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

/** One real Redis, which keeps its own time: {@link #advance} takes it from the remaining life of every key. */
final class RedisTierFixture implements TierFixture {
    private final RedisServer server;
    private final List<CacheService> opened = new ArrayList<>();

    /** A fixture over {@code server}, which outlives it and is emptied here. */
    RedisTierFixture(RedisServer server) {
        this.server = server;
        server.command("FLUSHALL");
    }

    @Override
    public Tier tier() {
        return Tier.REMOTE;
    }

    @Override
    public CacheService open(CacheConfig.Builder settings, Consumer<CacheServiceBuilder> seams) {
        // The budgets are wide: what is tested here is meaning, on machines that may be busy. Several connections, so
        // that
        // batches and a caller's own writes meet more than one.
        CacheServiceBuilder builder = CacheService.builder()
                .config(settings.url(server.url())
                        .readTimeout(Duration.ofSeconds(10))
                        .writeTimeout(Duration.ofSeconds(10))
                        .poolSize(3)
                        .build());
        seams.accept(builder);
        CacheService service = builder.open();
        opened.add(service);
        return service;
    }

    @Override
    public void advance(Duration duration) {
        long millis = duration.toMillis();
        for (String key : Ask.texts(server, "KEYS", "*")) {
            long remaining = Ask.number(server, "PTTL", key);
            if (remaining >= 0) {
                // PEXPIRE of zero or less removes the key, as its end would
                server.command("PEXPIRE", key, Long.toString(remaining - millis));
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
