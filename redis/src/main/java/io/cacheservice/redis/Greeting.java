package io.cacheservice.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The step of opening a lane that the kind of deployment asks for. */
@FunctionalInterface
interface Greeting {
    /** Nothing more is needed. */
    Greeting NONE = (lane, serverInfo) -> CompletableFuture.completedFuture(null);

    /**
     * Finds out what has to be known, or tells the server what it has to know.
     *
     * @param lane a lane that is being opened
     * @param serverInfo the reply to {@code INFO server}; null: the user may not see it
     * @return fails when the lane is of no use
     */
    CompletionStage<?> greet(Lane lane, @Nullable String serverInfo);
}
