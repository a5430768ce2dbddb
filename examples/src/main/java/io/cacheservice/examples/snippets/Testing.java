package io.cacheservice.examples.snippets;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.ManualTime;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;

/** The test kit. */
final class Testing {
    private Testing() {}

    static boolean anEntryEndsToTheMillisecond() {
        // region clock
        ManualTime time = new ManualTime();
        CacheConfig config = CacheConfig.builder().build();
        CacheService service = CacheService.builder().config(config).time(time).open();
        service.set("session", new byte[] {1}, Duration.ofMinutes(30));

        time.advance(Duration.ofMinutes(30).minusMillis(1));
        boolean alive = service.get("session") != null; // true

        time.advance(Duration.ofMillis(1));
        boolean ended = service.get("session") == null; // true
        // endregion
        try (service) {
            return alive && ended;
        }
    }

    static String aRealServerBehindAProxy() {
        // region server
        RedisServer redis = RedisServer.start();
        FaultProxy proxy = FaultProxy.to(redis.port());
        CacheConfig config = CacheConfig.builder().url(proxy.url()).build();

        proxy.cut(); // or blackhole(..), hold(..), refuse(); heal() undoes them
        redis.kill(); // or pause(), stop(); restart() starts it again on the same port
        // endregion
        try (redis;
                proxy) {
            redis.restart();
            proxy.heal();
            return config.redis().orElseThrow().host() + " " + redis.command("PING");
        }
    }
}
