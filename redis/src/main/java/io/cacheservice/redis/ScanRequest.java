package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One {@code SCAN} of one server. */
final class ScanRequest extends Request<ScanRequest.Found> {
    private final String cursor;
    private final byte[] pattern;
    private final int count;
    private @Nullable LaneCommand<List<Object>> scan;

    /** @param count how many keys the server looks at, whether or not they match */
    ScanRequest(String cursor, byte[] pattern, int count, long deadlineNanos) {
        super(Access.READ, "SCAN", deadlineNanos, 0);
        this.cursor = cursor;
        this.pattern = pattern;
        this.count = count;
    }

    /**
     * What was found.
     *
     * @param next {@link ScanPosition#BEGINNING}: there is no more
     * @param runId the life of the server that answered; null: it would not say
     */
    record Found(List<byte[]> keys, String next, @Nullable String runId) {}

    @Override
    void begin(List<RedisCommand<byte[], byte[], ?>> out) {
        LaneCommand<List<Object>> command = command(
                CommandType.SCAN,
                new BoundedArrayOutput(),
                args().add(cursor).add("MATCH").add(pattern).add("COUNT").add(count));
        scan = command;
        out.add(command);
    }

    @Override
    Found answered(List<RedisCommand<byte[], byte[], ?>> out) {
        if (scan != null && scan.error() != null) {
            throw Failures.refused(where(), name(), scan.error());
        }
        if (scan == null
                || scan.get().size() != 2
                || !(scan.get().get(0) instanceof byte[] next)
                || !(scan.get().get(1) instanceof List<?> found)) {
            throw Failures.unexpectedReply(where(), name(), null);
        }
        List<byte[]> keys = new ArrayList<>(found.size());
        for (Object key : found) {
            if (key instanceof byte[] bytes) {
                keys.add(bytes);
            }
        }
        LaneIdentity identity = lane().identity();
        return new Found(keys, new String(next, UTF_8), identity == null ? null : identity.runId());
    }
}
