package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheException;
import io.cacheservice.ConnectionStats;
import io.cacheservice.EntryVersion;
import io.cacheservice.TimeSource;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One Redis or Valkey, reached over a fixed number of lanes.
 *
 * <p>A key always takes the same lane, chosen by its hash, and a lane sends in the order of the calls: so commands for one
 * key are carried out in that order (but see {@link ScriptRequest}).
 */
final class RedisTier implements RemoteTier {
    private static final long CLOSE_LIMIT_SECONDS = 2;

    private final Connector connector;
    private final Budgets budgets;
    private final TimeSource time;
    private final ScriptDialect dialect;
    private final List<LaneSlot> slots;
    private final String where;

    RedisTier(Connector connector, Budgets budgets, TimeSource time, ScriptDialect dialect, List<LaneSlot> slots) {
        this.connector = connector;
        this.budgets = budgets;
        this.time = time;
        this.dialect = dialect;
        this.slots = slots;
        this.where = connector.where();
    }

    @Override
    public CompletableFuture<RemoteValue> get(byte[] key, boolean withRemaining) {
        return submit(key, new ReadRequest(where, key, withRemaining, deadline(Access.READ), budgets.maxReadBytes()));
    }

    @Override
    public List<CompletableFuture<RemoteValue>> getAll(List<byte[]> keys, boolean withRemaining) {
        List<CompletableFuture<RemoteValue>> answers = new ArrayList<>(keys.size());
        keys.forEach(key -> answers.add(get(key, withRemaining)));
        return answers;
    }

    @Override
    public CompletableFuture<@Nullable Void> set(byte[] key, byte[] value, long pxMillis) {
        CommandArgs<byte[], byte[]> args = Request.args().addKey(key).addValue(value);
        if (pxMillis != FOR_EVER) {
            args.add("PX").add(pxMillis);
        }
        return submit(key, new SetRequest(value.length, args));
    }

    @Override
    public List<CompletableFuture<@Nullable Void>> setAll(List<byte[]> keys, List<byte[]> values, long pxMillis) {
        List<CompletableFuture<@Nullable Void>> answers = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            answers.add(set(keys.get(i), values.get(i), pxMillis));
        }
        return answers;
    }

    @Override
    public CompletableFuture<Boolean> delete(byte[] key) {
        return submit(key, new DeleteRequest(Request.args().addKey(key)));
    }

    @Override
    public List<CompletableFuture<Boolean>> deleteAll(List<byte[]> keys) {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>(keys.size());
        keys.forEach(key -> answers.add(delete(key)));
        return answers;
    }

    @Override
    public CompletableFuture<Boolean> setIfAbsent(byte[] key, byte[] value, long pxMillis) {
        return submit(key, new YesOrNo(Script.SET_IF_ABSENT, key, value, decimal(pxMillis)));
    }

    @Override
    public CompletableFuture<Boolean> replace(byte[] key, EntryVersion seen, byte[] value, long pxMillis) {
        byte[] version = seen.toString().getBytes(UTF_8);
        return submit(key, new YesOrNo(Script.REPLACE, key, version, value, decimal(pxMillis)));
    }

    @Override
    public CompletableFuture<RemoteValue> getAndDelete(byte[] key) {
        return submit(key, new GetAndDelete(key));
    }

    @Override
    public CompletableFuture<Long> increment(byte[] key, long delta, long pxMillisIfNew) {
        return submit(key, new Increment(key, delta, pxMillisIfNew));
    }

    @Override
    public List<ConnectionStats> connections() {
        return slots.stream().map(LaneSlot::stats).toList();
    }

    @Override
    public void close() {
        CompletableFuture<?>[] closing = slots.stream().map(LaneSlot::close).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(closing)
                .completeOnTimeout(null, CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
        connector.close();
    }

    private <T extends @Nullable Object> CompletableFuture<T> submit(byte[] key, Request<T> request) {
        int hash = Arrays.hashCode(key);
        slots.get(Math.floorMod(hash ^ (hash >>> 16), slots.size())).submit(request);
        return request;
    }

    private long deadline(Access access) {
        return time.nanoTime() + budgets.nanos(access);
    }

    private static byte[] decimal(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }

    private final class SetRequest extends Call<String, @Nullable Void> {
        SetRequest(int weight, CommandArgs<byte[], byte[]> args) {
            super(
                    where,
                    Access.WRITE,
                    deadline(Access.WRITE),
                    weight,
                    CommandType.SET,
                    new StatusOutput<>(ByteArrayCodec.INSTANCE),
                    args);
        }

        @Override
        @SuppressWarnings("NullAway") // the checker does not see that T is nullable here
        @Nullable
        Void read(@Nullable String reply) {
            return null;
        }
    }

    private final class DeleteRequest extends Call<Long, Boolean> {
        DeleteRequest(CommandArgs<byte[], byte[]> args) {
            super(
                    where,
                    Access.WRITE,
                    deadline(Access.WRITE),
                    0,
                    CommandType.UNLINK,
                    new IntegerOutput<>(ByteArrayCodec.INSTANCE),
                    args);
        }

        @Override
        Boolean read(@Nullable Long reply) {
            return reply != null && reply > 0;
        }
    }

    private final class YesOrNo extends ScriptRequest<Boolean> {
        YesOrNo(Script script, byte[] key, byte[]... arguments) {
            super(where, script, dialect, deadline(Access.WRITE), key, arguments);
        }

        @Override
        Boolean read(List<Object> reply) {
            return reply.get(0).equals(1L);
        }
    }

    private final class GetAndDelete extends ScriptRequest<RemoteValue> {
        GetAndDelete(byte[] key) {
            super(where, Script.GET_AND_DELETE, dialect, deadline(Access.WRITE), key);
        }

        @Override
        RemoteValue read(List<Object> reply) {
            return reply.isEmpty()
                    ? new RemoteValue(null, RemoteValue.NOT_ASKED, sentAtNanos())
                    : new RemoteValue((byte[]) reply.get(0), (Long) reply.get(1), sentAtNanos());
        }
    }

    private final class Increment extends ScriptRequest<Long> {
        private final byte[] key;
        private final long delta;

        Increment(byte[] key, long delta, long pxMillisIfNew) {
            super(
                    where,
                    Script.INCREMENT,
                    dialect,
                    deadline(Access.WRITE),
                    key,
                    decimal(delta),
                    decimal(pxMillisIfNew));
            this.key = key;
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
            return new CacheException("the counter '" + text(key) + "' is " + count + "; adding " + delta
                    + " would leave the range of a 64-bit number. Nothing was changed");
        }

        private CacheException notACounter() {
            return new CacheException("'" + text(key)
                    + "' holds a value, not a counter: increment works on keys that only increment has written. Delete it"
                    + " first, or use another key");
        }

        private static String text(Object bulk) {
            return new String((byte[]) bulk, UTF_8);
        }
    }
}
