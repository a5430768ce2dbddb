package io.cacheservice.examples.snippets;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.Lookup;
import io.cacheservice.ReadOptions;
import io.cacheservice.ReplicaReads;
import io.cacheservice.Tier;
import java.util.List;

/** Where Redis is, and who may answer. */
final class Redis {
    private Redis() {}

    static List<CacheConfig> deployments(String passwordFile) {
        // region topologies
        CacheConfig cluster = CacheConfig.builder()
                .nodes(List.of("10.0.0.1:6379", "10.0.0.2:6379"))
                .username("cache")
                .passwordFile(passwordFile)
                .build();

        CacheConfig sentinel = CacheConfig.builder()
                .nodes(List.of("10.0.0.1:26379", "10.0.0.2:26379", "10.0.0.3:26379"))
                .sentinelMaster("main")
                .build();

        CacheConfig shards = CacheConfig.builder()
                .nodes(List.of("10.0.0.1:6379*2", "10.0.0.2:6379")) // twice as many keys on the first
                .topology("shards")
                .build();
        // endregion
        return List.of(cluster, sentinel, shards);
    }

    static boolean aReplicaMayAnswer(Cache<String, String> names) {
        // region replicas
        Lookup<String> found = names.lookup("42", ReadOptions.replicas(ReplicaReads.WHEN_UNANSWERED));
        boolean perhapsOld = found.tier() == Tier.REPLICA; // older than what this process wrote, even
        // endregion
        return perhapsOld;
    }
}
