package io.cacheservice.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import io.cacheservice.testkit.RedisSentinels;
import io.cacheservice.testkit.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What happens under Sentinels while four threads write and read without a pause. */
class SentinelDrillTest {
    /** The promise is two seconds on a machine that has nothing else to do. */
    private static final Duration SERVING_AGAIN = Duration.ofSeconds(5);

    @Test
    void theMasterIsKilled() throws Exception {
        try (RedisSentinels group = RedisSentinels.builder()
                        .eachServer(server -> server.persistent().arguments("--appendfsync", "always"))
                        .start();
                Drill drill = Drill.start(settings(group))) {
            Path data = Drill.dataOf(group.master());
            RedisServer old = group.killMaster();
            Set<String> written = Drill.writtenIn(data);
            drill.awaitFailures(1);
            RedisServer promoted = group.awaitMasterOtherThan(old);
            Duration serving = drill.awaitServing();
            drill.stop();

            drill.report("sentinel: master killed", serving);
            drill.requireWhatAPlainClientReads(key -> String.valueOf(promoted.command("GET", key)));
            int lost = drill.requireLostOnlyFrom(key -> String.valueOf(promoted.command("GET", key)), written);
            System.out.println("  keys whose last acknowledged write was lost with its master: " + lost);
            assertThat(serving).isLessThan(SERVING_AGAIN);
        }
    }

    @Test
    void theMasterIsReplacedByHand() throws Exception {
        try (RedisSentinels group = RedisSentinels.start();
                Drill drill = Drill.start(settings(group))) {
            RedisServer promoted = group.failover();
            long begin = System.nanoTime();
            drill.awaitConnectedTo(promoted); // the old master serves on until it is told
            drill.awaitServing();
            Duration serving = Duration.ofNanos(System.nanoTime() - begin);
            drill.stop();

            drill.report("sentinel: manual failover", serving);
            drill.requireWhatAPlainClientReads(key -> String.valueOf(promoted.command("GET", key)));
            assertThat(serving).isLessThan(SERVING_AGAIN);
        }
    }

    @Test
    void aMasterThatIsPausedAndComesBackIsNotUsed() throws Exception {
        try (RedisSentinels group = RedisSentinels.start();
                Drill drill = Drill.start(settings(group))) {
            RedisServer old = group.master();
            old.pause();
            drill.awaitFailures(1);
            RedisServer promoted = group.awaitMasterOtherThan(old);
            Duration serving = drill.awaitServing();
            old.resume();
            drill.awaitServing();
            drill.stop();

            drill.report("sentinel: master paused", serving);
            drill.requireWhatAPlainClientReads(key -> String.valueOf(promoted.command("GET", key)));
            assertThat(serving).isLessThan(SERVING_AGAIN);
        }
    }

    private static CacheConfig.Builder settings(RedisSentinels group) {
        return CacheConfig.builder()
                .nodes(group.sentinelAddresses().subList(0, 1))
                .sentinelMaster(group.masterName());
    }
}
