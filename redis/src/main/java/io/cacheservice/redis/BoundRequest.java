package io.cacheservice.redis;

import io.cacheservice.CacheException;
import io.cacheservice.redis.internal.server.Refusal;
import io.cacheservice.redis.internal.topology.Redirect;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the holder of a lease asks: only over the lane that carried the request for it, and of nobody else. The server that
 * takes over after a failover may have the placeholder and not the write that ended the lease. So where the lane is lost, or
 * the server does not serve the key any more, the lease is void and nothing is done.
 */
final class BoundRequest<T extends @Nullable Object> extends ScriptRequest<T> {
    private final @Nullable ScriptCall whenMemoryIsShort;
    private final Function<Boolean, T> outcome;

    /**
     * @param taken how the lease was asked for
     * @param whenMemoryIsShort what is done instead, before the request fails; null: nothing
     * @param outcome the answer, from whether it was done
     */
    BoundRequest(
            Dispatch dispatch,
            LeaseRequest taken,
            ScriptCall call,
            @Nullable ScriptCall whenMemoryIsShort,
            Function<Boolean, T> outcome) {
        super(dispatch, taken.key(), call);
        this.whenMemoryIsShort = whenMemoryIsShort;
        this.outcome = outcome;
    }

    @Override
    T read(List<Object> reply) {
        String refusal = replacedAfter();
        if (refusal != null) {
            throw Failures.refused(where(), name(), refusal);
        }
        return outcome.apply(reply.get(0).equals(1L));
    }

    @Override
    boolean isBound() {
        return true;
    }

    @Override
    @Nullable
    ScriptCall instead(String error) {
        return replacedAfter() == null && Refusal.of(error) == Refusal.OOM ? whenMemoryIsShort : null;
    }

    @Override
    T refused(String error) {
        Refusal refusal = Refusal.of(error);
        boolean isServedElsewhere = refusal.isAboutTopology() || Redirect.parse(error, lane().address()) != null;
        // another type than a string: somebody wrote the key
        if (isServedElsewhere || refusal == Refusal.WRONGTYPE) {
            return outcome.apply(false);
        }
        return super.refused(error);
    }

    @Override
    void laneHasEnded(Supplier<CacheException> why) {
        answerVoid();
    }

    /** There is no lease. */
    void answerVoid() {
        complete(outcome.apply(false));
    }
}
