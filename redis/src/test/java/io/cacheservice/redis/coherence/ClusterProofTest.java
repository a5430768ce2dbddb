package io.cacheservice.redis.coherence;

import static io.cacheservice.redis.coherence.Local.SHORT;
import static io.cacheservice.redis.coherence.Local.awaitCopy;
import static io.cacheservice.redis.coherence.Local.awaitDoubt;
import static io.cacheservice.redis.coherence.Local.awaitHeard;
import static io.cacheservice.redis.coherence.Local.awaitPast;
import static io.cacheservice.redis.coherence.Local.settings;
import static io.cacheservice.redis.coherence.Local.shared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheException;
import io.cacheservice.CacheService;
import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.SlotMove;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node of a Cluster must have shown for a copy to be used, and what it cannot show. */
@Timeout(120)
class ClusterProofTest {
    private RedisCluster cluster;
    private RedisServer source;
    private RedisServer target;
    private int firstSlot;
    private int lastSlot;
    private CacheService service;
    private Cache<String, String> cache;

    @BeforeEach
    void start() {
        cluster = RedisCluster.builder()
                .eachServer(server -> server.arguments("--cluster-require-full-coverage", "no"))
                .start();
        source = cluster.masters().get(0);
        target = cluster.masters().get(1);
        List<Integer> slots = cluster.slotsOf(source);
        firstSlot = slots.get(0);
        lastSlot = slots.get(slots.size() - 1);
        service = CacheService.open(settings(SHORT).nodes(cluster.seeds()).build());
        cache = shared(service);
        // else what is read first has its age only
        awaitHeard(service);
    }

    @AfterEach
    void stop() {
        service.close();
        cluster.close();
    }

    @Test
    void whatAServerReadThatRefusesToServeIsNotVouchedFor() {
        String key = RedisCluster.keyForSlot(firstSlot);
        source.command("SET", key, "old");
        awaitCopy(cache, key, "old");
        source.command("CONFIG", "SET", "cluster-require-full-coverage", "yes");
        source.command("CLUSTER", "DELSLOTS", Integer.toString(lastSlot));
        awaitDoubt(service, "CLUSTERDOWN");
        awaitPast(System.nanoTime(), SHORT);

        assertThatThrownBy(() -> cache.get(key)).isInstanceOf(CacheException.class);
    }

    @Test
    void nobodyVouchesForTheAbsenceOfAKeyWhoseSlotMayBeOnItsWay() {
        String key = RedisCluster.keyForSlot(lastSlot);
        awaitCopy(cache, key, null);
        cluster.beginMove(lastSlot, target);
        target.command("ASKING");
        target.command("SET", key, "new");
        awaitPast(System.nanoTime(), SHORT);

        assertThat(cache.get(key)).isEqualTo("new");
    }

    @Test
    void whatWasReadOfASlotEndsWhenItsServerNamesAnotherOwner() {
        List<String> keys = RedisCluster.keysForSlot(lastSlot, 2);
        source.command("SET", keys.get(0), "old");
        awaitCopy(cache, keys.get(0), "old");
        takeOverWithoutItsKeys(lastSlot);
        target.command("SET", keys.get(0), "new");
        target.command("SET", keys.get(1), "new");

        assertThat(cache.get(keys.get(1))).isEqualTo("new");
        assertThat(cache.get(keys.get(0))).isEqualTo("new");
    }

    /** Not as it should be done: the old owner keeps the keys, and so announces nothing. */
    private void takeOverWithoutItsKeys(int slot) {
        String number = Integer.toString(slot);
        source.command("CLUSTER", "DELSLOTS", number);
        Awaitility.await().ignoreExceptions().until(() -> {
            target.command("CLUSTER", "DELSLOTS", number);
            return "OK".equals(target.command("CLUSTER", "ADDSLOTS", number));
        });
        target.command("CLUSTER", "BUMPEPOCH");
        Awaitility.await().until(() -> isMoved(RedisCluster.keyForSlot(slot)));
    }

    private boolean isMoved(String key) {
        try {
            source.command("GET", key);
            return false;
        } catch (RuntimeException refused) {
            return String.valueOf(refused.getMessage()).contains("MOVED");
        }
    }

    @Test
    void whatAServerReadThatDoesNotOwnTheSlotYetIsNotVouchedFor() {
        String key = RedisCluster.keyForSlot(lastSlot);
        source.command("SET", key, "old");
        SlotMove move = cluster.beginMove(lastSlot, target);
        move.moveKeys(1);
        awaitCopy(cache, key, "old");
        // the move is given up, and what went ahead is forgotten there
        target.command("CLUSTER", "SETSLOT", Integer.toString(lastSlot), "STABLE");
        source.command("CLUSTER", "SETSLOT", Integer.toString(lastSlot), "STABLE");
        source.command("SET", key, "new");
        awaitPast(System.nanoTime(), SHORT);

        assertThat(cache.get(key)).isEqualTo("new");
    }

    @Test
    void whileOneSlotMovesItsServerVouchesForTheOthers() {
        String key = RedisCluster.keyForSlot(lastSlot);
        source.command("SET", key, "old");
        awaitCopy(cache, key, "old");
        cluster.beginMove(firstSlot, target);
        awaitPast(System.nanoTime(), SHORT.multipliedBy(2));

        awaitHeard(service);
    }

    @Test
    void aSlotThatMovesAsItShouldTakesItsCopiesAlong() {
        String key = RedisCluster.keyForSlot(lastSlot);
        source.command("SET", key, "old");
        awaitCopy(cache, key, "old");
        cluster.moveSlot(lastSlot, target);
        target.command("SET", key, "new");
        awaitHeard(service);
        awaitPast(System.nanoTime(), SHORT);

        assertThat(cache.get(key)).isEqualTo("new");
        awaitCopy(cache, key, "new");
    }
}
