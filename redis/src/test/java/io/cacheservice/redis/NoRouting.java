package io.cacheservice.redis;

import io.cacheservice.ConnectionStats;
import io.cacheservice.redis.internal.topology.NodeAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** For requests that are looked at and never sent. */
enum NoRouting implements Routing {
    INSTANCE;

    @Override
    public void start() {}

    @Override
    public void submit(KeyRequest<?> request) {
        throw new UnsupportedOperationException("nothing is sent here");
    }

    @Override
    public @Nullable Onward onward(String error, NodeAddress from) {
        return null;
    }

    @Override
    public List<Node> holders() {
        return List.of();
    }

    @Override
    public List<ConnectionStats> connections() {
        return List.of();
    }

    @Override
    public CompletableFuture<@Nullable Void> close() {
        return CompletableFuture.completedFuture(null);
    }
}
