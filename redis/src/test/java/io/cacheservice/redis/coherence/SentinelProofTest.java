package io.cacheservice.redis.coherence;

import static io.cacheservice.redis.coherence.Local.SHORT;
import static io.cacheservice.redis.coherence.Local.awaitCopy;
import static io.cacheservice.redis.coherence.Local.awaitDoubt;
import static io.cacheservice.redis.coherence.Local.awaitHeard;
import static io.cacheservice.redis.coherence.Local.awaitPast;
import static io.cacheservice.redis.coherence.Local.settings;
import static io.cacheservice.redis.coherence.Local.shared;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.Tier;
import io.cacheservice.testkit.RedisSentinels;
import io.cacheservice.testkit.RedisServer;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A master that has replicas must be followed by one of them to be believed: else another may have taken its place. */
@Timeout(120)
class SentinelProofTest {
    private RedisSentinels group;
    private RedisServer sentinel;
    private RedisServer replica;
    private CacheService service;
    private Cache<String, String> cache;

    @BeforeEach
    void start() {
        group = RedisSentinels.builder().replicas(1).sentinels(1).start();
        sentinel = group.sentinels().get(0);
        replica = group.replicas().get(0);
        service = CacheService.open(settings(SHORT)
                .nodes(group.sentinelAddresses())
                .sentinelMaster(group.masterName())
                .build());
        cache = shared(service);
        group.master().command("SET", "k", "old");
        awaitCopy(cache, "k", "old");
        awaitHeard(service);
    }

    @AfterEach
    void stop() {
        service.close();
        group.close();
    }

    @Test
    void aMasterThatNobodyFollowsAnyMoreVouchesForNothing() {
        sentinel.pause();
        replica.command("REPLICAOF", "NO", "ONE");
        replica.command("SET", "k", "new");
        awaitDoubt(service, "no replica has followed it");
        // answers count for the bound after the last good probe, and copies for the bound after these
        awaitPast(System.nanoTime(), SHORT.multipliedBy(2));

        assertThat(cache.lookup("k").tier()).isEqualTo(Tier.REMOTE);
    }

    @Test
    void thatItsReplicasAreCalledDownDoesNotMakeAMasterOneThatNeverHadAny() {
        replica.pause();
        awaitDoubt(service, "no replica has followed it");
        Awaitility.await()
                .until(() -> String.valueOf(sentinel.command("SENTINEL", "REPLICAS", group.masterName()))
                        .contains("s_down"));
        awaitAskedAgain();
        awaitPast(System.nanoTime(), SHORT.multipliedBy(2));

        assertThat(cache.lookup("k").tier()).isEqualTo(Tier.REMOTE);
    }

    /** Until the Sentinel has answered the three questions of a round, three times; besides those of this method. */
    private void awaitAskedAgain() {
        long before = processed();
        AtomicLong own = new AtomicLong();
        Awaitility.await().until(() -> processed() - before - own.incrementAndGet() >= 9);
    }

    private long processed() {
        return Long.parseLong(sentinel.info().getOrDefault("total_commands_processed", "0"));
    }

    @Test
    void aMasterThatIsFollowedAgainVouchesAgain() {
        replica.pause();
        awaitDoubt(service, "no replica has followed it");
        replica.resume();
        awaitHeard(service);

        awaitCopy(cache, "k", "old");
    }
}
