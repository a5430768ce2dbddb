package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheException;
import io.cacheservice.ConnectionStats;
import io.cacheservice.EntryVersion;
import io.cacheservice.FlushCause;
import io.cacheservice.ListeningConnection;
import io.cacheservice.ReplicaReads;
import io.cacheservice.TimeSource;
import io.cacheservice.redis.internal.server.Script;
import io.cacheservice.spi.ChangeListener;
import io.cacheservice.spi.RemoteDetails;
import io.cacheservice.spi.RemoteKeys;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Redis or Valkey, however many servers it is.
 *
 * <p>Commands for one key are carried out in the order of the calls: {@link Node} keeps it (but see {@link ScriptRequest};
 * and in a Cluster, commands that are under way while the key's slot moves may overtake each other).
 */
final class RedisTier implements RemoteTier {
    private static final long CLOSE_LIMIT_SECONDS = 2;

    private final Connector connector;
    private final Budgets budgets;
    private final TimeSource time;
    private final ScriptDialect dialect;
    private final Routing routing;
    private final Tracking tracking;

    RedisTier(
            Connector connector,
            Budgets budgets,
            TimeSource time,
            ScriptDialect dialect,
            Routing routing,
            Tracking tracking) {
        this.connector = connector;
        this.budgets = budgets;
        this.time = time;
        this.dialect = dialect;
        this.routing = routing;
        this.tracking = tracking;
    }

    @Override
    public CompletableFuture<RemoteValue> get(byte[] key, boolean withRemaining) {
        return submit(new ReadRequest(routing, key, withRemaining, deadline(Access.READ), budgets.maxReadBytes()));
    }

    @Override
    public CompletableFuture<RemoteValue> get(byte[] key, boolean withRemaining, ReplicaReads replicas) {
        Node replica = replicas == ReplicaReads.NEVER ? null : routing.replica(key);
        if (replica == null) {
            return get(key, withRemaining);
        }
        // one deadline for both: who asks a second server does not get a second budget
        long deadline = deadline(Access.READ);
        return new ReplicaRead(
                        () -> submit(new ReadRequest(routing, key, withRemaining, deadline, budgets.maxReadBytes())),
                        () -> {
                            ReadRequest request =
                                    new ReadRequest(routing, key, withRemaining, deadline, budgets.maxReadBytes());
                            replica.submit(request);
                            return request.thenApply(RemoteValue::ofReplica);
                        },
                        connector.executor(),
                        budgets.readNanos() / 5)
                .start(replicas == ReplicaReads.PREFERRED);
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
        return submit(new SetRequest(key, value.length, args));
    }

    @Override
    public CompletableFuture<Boolean> delete(byte[] key) {
        return submit(new DeleteRequest(key, Request.args().addKey(key)));
    }

    @Override
    public List<CompletableFuture<Boolean>> deleteAll(List<byte[]> keys) {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>(keys.size());
        keys.forEach(key -> answers.add(delete(key)));
        return answers;
    }

    @Override
    public CompletableFuture<Boolean> setIfAbsent(byte[] key, byte[] value, long pxMillis) {
        return submit(new YesOrNo(Script.SET_IF_ABSENT, key, value, decimal(pxMillis)));
    }

    @Override
    public CompletableFuture<Boolean> replace(byte[] key, EntryVersion seen, byte[] value, long pxMillis) {
        byte[] version = seen.toString().getBytes(UTF_8);
        return submit(new YesOrNo(Script.REPLACE, key, version, value, decimal(pxMillis)));
    }

    @Override
    public CompletableFuture<RemoteValue> getAndDelete(byte[] key) {
        return submit(new GetAndDelete(key));
    }

    @Override
    public CompletableFuture<Long> increment(byte[] key, long delta, long pxMillisIfNew) {
        return submit(new Increment(key, delta, pxMillisIfNew));
    }

    @Override
    public CompletableFuture<RemoteKeys> scan(byte[] prefix, @Nullable String cursor, int limit) {
        return new KeyListing(routing.holders(), prefix, limit, budgets, time).from(cursor);
    }

    @Override
    public CompletableFuture<RemoteDetails> inspect(byte[] key) {
        return submit(new InspectRequest(routing, key, routing.slot(key), deadline(Access.READ)));
    }

    @Override
    public void onChange(ChangeListener listener) {
        tracking.tell(listener);
    }

    @Override
    public void proveEvery(long maxStalenessNanos) {
        tracking.proveEvery(maxStalenessNanos);
    }

    @Override
    public List<ListeningConnection> listening() {
        return tracking.isWanted()
                ? routing.holders().stream().flatMap(Node::listening).toList()
                : List.of();
    }

    @Override
    public Map<FlushCause, Long> flushes() {
        return tracking.flushes();
    }

    @Override
    public CompletableFuture<RemoteValue> observe(byte[] key) {
        return submitAsBystander(
                new ReadRequest(routing, key, true, deadline(Access.READ), ReadRequest.PIECE_BYTES - 1));
    }

    @Override
    public CompletableFuture<@Nullable Void> stir(byte[] key) {
        return submitAsBystander(new Stir(key));
    }

    private <T extends @Nullable Object> CompletableFuture<T> submitAsBystander(KeyRequest<T> request) {
        request.asBystander();
        return submit(request);
    }

    @Override
    public List<ConnectionStats> connections() {
        return routing.connections();
    }

    @Override
    public void close() {
        routing.close()
                .completeOnTimeout(null, CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
        connector.close();
    }

    private <T extends @Nullable Object> CompletableFuture<T> submit(KeyRequest<T> request) {
        byte[] changes = request.changes();
        if (changes != null) {
            tracking.changed(changes);
        }
        routing.submit(request);
        return request;
    }

    private long deadline(Access access) {
        return time.nanoTime() + budgets.nanos(access);
    }

    private static byte[] decimal(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }

    private final class SetRequest extends Call<String, @Nullable Void> {
        SetRequest(byte[] key, int weight, CommandArgs<byte[], byte[]> args) {
            super(routing, Access.WRITE, key, deadline(Access.WRITE), weight, CommandType.SET, args);
        }

        @Override
        CommandOutput<byte[], byte[], String> output() {
            return new StatusOutput<>(ByteArrayCodec.INSTANCE);
        }

        @Override
        @SuppressWarnings("NullAway") // the checker does not see that T is nullable here
        @Nullable
        Void read(@Nullable String reply) {
            return null;
        }
    }

    private final class DeleteRequest extends Call<Long, Boolean> {
        DeleteRequest(byte[] key, CommandArgs<byte[], byte[]> args) {
            super(routing, Access.WRITE, key, deadline(Access.WRITE), 0, CommandType.UNLINK, args);
        }

        @Override
        CommandOutput<byte[], byte[], Long> output() {
            return new IntegerOutput<>(ByteArrayCodec.INSTANCE);
        }

        @Override
        Boolean read(@Nullable Long reply) {
            return reply != null && reply > 0;
        }
    }

    private final class YesOrNo extends ScriptRequest<Boolean> {
        YesOrNo(Script script, byte[] key, byte[]... arguments) {
            super(routing, script, dialect, deadline(Access.WRITE), key, arguments);
        }

        @Override
        Boolean read(List<Object> reply) {
            return reply.get(0).equals(1L);
        }
    }

    private final class Stir extends ScriptRequest<@Nullable Void> {
        Stir(byte[] key) {
            super(routing, Script.STIR, dialect, deadline(Access.WRITE), key);
        }

        @Override
        @SuppressWarnings("NullAway") // the checker does not see that T is nullable here
        @Nullable
        Void read(List<Object> reply) {
            return null;
        }
    }

    private final class GetAndDelete extends ScriptRequest<RemoteValue> {
        GetAndDelete(byte[] key) {
            super(routing, Script.GET_AND_DELETE, dialect, deadline(Access.WRITE), key);
        }

        @Override
        RemoteValue read(List<Object> reply) {
            return reply.isEmpty()
                    ? new RemoteValue(null, RemoteValue.NOT_ASKED, sentAtNanos())
                    : new RemoteValue((byte[]) reply.get(0), (Long) reply.get(1), sentAtNanos());
        }
    }

    private final class Increment extends ScriptRequest<Long> {
        private final long delta;

        Increment(byte[] key, long delta, long pxMillisIfNew) {
            super(
                    routing,
                    Script.INCREMENT,
                    dialect,
                    deadline(Access.WRITE),
                    key,
                    decimal(delta),
                    decimal(pxMillisIfNew));
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
}
