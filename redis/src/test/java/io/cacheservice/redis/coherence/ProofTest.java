package io.cacheservice.redis.coherence;

import static io.cacheservice.redis.coherence.Local.LONG;
import static io.cacheservice.redis.coherence.Local.SHORT;
import static io.cacheservice.redis.coherence.Local.awaitCopy;
import static io.cacheservice.redis.coherence.Local.awaitDoubt;
import static io.cacheservice.redis.coherence.Local.awaitHeard;
import static io.cacheservice.redis.coherence.Local.awaitPast;
import static io.cacheservice.redis.coherence.Local.get;
import static io.cacheservice.redis.coherence.Local.open;
import static io.cacheservice.redis.coherence.Local.settings;
import static io.cacheservice.redis.coherence.Local.shared;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.Tier;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** For how long a copy may be used, and what a connection must have shown for that (P2), at one server. */
@Timeout(60)
class ProofTest {
    private RedisServer redis;
    private FaultProxy proxy;

    @BeforeEach
    void start() {
        redis = RedisServer.builder().arguments("--lua-time-limit", "20").start();
        redis.command("SET", "k", "old");
        proxy = FaultProxy.to(redis.port());
    }

    @AfterEach
    void stop() {
        proxy.close();
        redis.close();
    }

    @Test
    void aCopyIsUsedForAsLongAsItsConnectionVouchesForIt() {
        Duration second = Duration.ofSeconds(1);
        try (CacheService service = open(redis.url(), second)) {
            Cache<String, String> cache = shared(service);
            awaitCopy(cache, "k", "old");
            long before = Local.hits(redis);
            awaitPast(System.nanoTime(), second.multipliedBy(2));
            awaitHeard(service);

            assertThat(cache.lookup("k").tier()).isEqualTo(Tier.LOCAL);
            assertThat(Local.hits(redis)).isEqualTo(before);
        }
    }

    @Test
    void behindAConnectionThatIsSilentACopyIsUsedForTheBoundAndNoLonger() throws Exception {
        try (CacheService service = open(proxy.url(), SHORT)) {
            Cache<String, String> cache = shared(service);
            awaitCopy(cache, "k", "old");
            proxy.hold(Direction.TO_CLIENT);
            redis.command("SET", "k", "new");
            awaitPast(System.nanoTime(), SHORT);
            var read = cache.async().get("k");
            proxy.release();

            assertThat(get(read)).isEqualTo("new");
        }
    }

    @Test
    void aCopyEndsWithItsOwnLifeThoughNobodyAnnouncesThat() throws Exception {
        try (CacheService service = open(proxy.url(), LONG)) {
            Cache<String, String> cache = shared(service);
            long setAtNanos = System.nanoTime();
            redis.command("SET", "k", "brief", "PX", "700");
            awaitCopy(cache, "k", "brief");
            proxy.hold(Direction.TO_CLIENT);
            awaitPast(setAtNanos, Duration.ofMillis(750));
            var read = cache.async().get("k");
            proxy.release();

            assertThat(get(read)).isNull();
        }
    }

    @Test
    void whatALostConnectionReadIsNotVouchedForByTheNextOne() {
        try (CacheService service = open(proxy.url(), SHORT)) {
            Cache<String, String> cache = shared(service);
            awaitCopy(cache, "k", "old");
            proxy.refuse();
            proxy.cut();
            redis.command("SET", "k", "new");
            long writtenAtNanos = System.nanoTime();
            proxy.accept();
            awaitHeard(service);
            awaitPast(writtenAtNanos, SHORT);

            assertThat(cache.get("k")).isEqualTo("new");
        }
    }

    @Test
    void whatAServerReadThatIsNoMasterAnyMoreIsNotVouchedFor() {
        try (CacheService service = open(redis.url(), SHORT)) {
            Cache<String, String> cache = shared(service);
            awaitCopy(cache, "k", "old");
            // it follows nobody, so that it keeps its keys and has nothing to announce
            redis.command("REPLICAOF", "127.0.0.1", Integer.toString(proxy.port()));
            proxy.refuse();
            awaitDoubt(service, "slave");
            awaitPast(System.nanoTime(), SHORT);

            assertThat(cache.lookup("k").tier()).isEqualTo(Tier.REMOTE);
            assertThat(service.coherence().connections().get(0).heardAge()).isEmpty();
            assertThat(service.coherence().connections().get(0).losses()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatWasBusyIsAskedForItsRoleAgainAfterwards() {
        RedisClient client = RedisClient.create(redis.url());
        try (client;
                CacheService service = open(redis.url(), SHORT)) {
            awaitHeard(service);
            CompletionStage<Object> endless =
                    client.connect().async().eval("while true do end", ScriptOutputType.INTEGER);
            awaitDoubt(service, "BUSY");
            awaitPast(System.nanoTime(), SHORT);
            redis.command("SCRIPT", "KILL");
            assertThat(endless.toCompletableFuture()).failsWithin(Duration.ofSeconds(10));
            awaitHeard(service);
            proxy.refuse();
            redis.command("REPLICAOF", "127.0.0.1", Integer.toString(proxy.port()));

            awaitDoubt(service, "slave");
        }
    }

    @Test
    void forAUserWhoMayNotSeeTheRoleTheKeyThatIsReadMustDo() {
        redis.command("ACL", "SETUSER", "default", "-info", "-role");
        try (CacheService service =
                CacheService.open(settings(SHORT).url(redis.url()).build())) {
            Cache<String, String> cache = shared(service);
            awaitCopy(cache, "k", "old");
            awaitPast(System.nanoTime(), SHORT);

            awaitHeard(service);
        }
    }
}
