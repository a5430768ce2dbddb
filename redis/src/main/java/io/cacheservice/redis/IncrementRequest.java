package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheException;
import io.cacheservice.redis.internal.server.Script;
import java.util.List;

/** Adds to a counter. */
final class IncrementRequest extends ScriptRequest<Long> {
    private final long delta;

    IncrementRequest(Dispatch dispatch, byte[] key, long delta, long pxMillisIfNew) {
        super(
                dispatch,
                key,
                ScriptCall.changing(
                        key, Script.INCREMENT, ScriptCall.decimal(delta), ScriptCall.decimal(pxMillisIfNew)));
        this.delta = delta;
    }

    @Override
    Long read(List<Object> reply) {
        return switch (text(reply.get(0))) {
            case "count" -> Long.valueOf(text(reply.get(1)));
            case "overflow" -> throw overflow(text(reply.get(1)));
            default -> throw notACounter();
        };
    }

    private CacheException overflow(String count) {
        return new CacheException("the counter '" + text(key()) + "' is " + count + "; adding " + delta
                + " would leave the range of a 64-bit number. Nothing was changed");
    }

    private CacheException notACounter() {
        return new CacheException("'" + text(key())
                + "' holds a value, not a counter: increment works on keys that only increment has written. Delete it"
                + " first, or use another key");
    }

    private static String text(Object bulk) {
        return new String((byte[]) bulk, UTF_8);
    }
}
