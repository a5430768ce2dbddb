package io.cacheservice.redis;

import io.cacheservice.TimeSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How the requests of one tier are sent, and who is told first of what they change. Safe for use by many threads.
 *
 * @param dialect in which scripts are written
 */
record Dispatch(Routing routing, ScriptDialect dialect, Tracking tracking, Budgets budgets, TimeSource time) {
    /** When the time of a request is up that is made now. */
    long deadline(Access access) {
        return time.nanoTime() + budgets.nanos(access);
    }

    /** Sends a request to the server that holds its key. */
    <T extends @Nullable Object> CompletableFuture<T> send(KeyRequest<T> request) {
        tell(request);
        routing.submit(request);
        return request;
    }

    /** Sends a request over the lane that carried {@code taken}, and no other. */
    void send(BoundRequest<?> request, LeaseRequest taken) {
        Lane lane = taken.lane();
        if (lane.isEnding()) {
            request.answerVoid();
        } else {
            request.inTheWayOf(taken);
            tell(request);
            lane.submit(request);
        }
    }

    private void tell(KeyRequest<?> request) {
        byte[] changes = request.changes();
        if (changes != null) {
            tracking.changed(changes);
        }
    }
}
