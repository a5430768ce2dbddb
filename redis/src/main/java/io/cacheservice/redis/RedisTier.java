package io.cacheservice.redis;

import io.cacheservice.ConnectionStats;
import io.cacheservice.EntryVersion;
import io.cacheservice.FlushCause;
import io.cacheservice.ListeningConnection;
import io.cacheservice.ReplicaReads;
import io.cacheservice.redis.internal.server.Script;
import io.cacheservice.spi.ChangeListener;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.LossListener;
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
    private final RefreshLeaseKeys leaseKeys;
    private final Dispatch dispatch;
    private final Budgets budgets;
    private final Routing routing;
    private final Tracking tracking;

    RedisTier(Connector connector, Dispatch dispatch) {
        this.connector = connector;
        this.leaseKeys = new RefreshLeaseKeys(connector.keyPrefix());
        this.dispatch = dispatch;
        this.budgets = dispatch.budgets();
        this.routing = dispatch.routing();
        this.tracking = dispatch.tracking();
    }

    @Override
    public CompletableFuture<RemoteValue> get(byte[] key, boolean withRemaining) {
        return get(key, withRemaining, deadline(Access.READ));
    }

    CompletableFuture<RemoteValue> get(byte[] key, boolean withRemaining, long deadlineNanos) {
        return submit(new ReadRequest(routing, key, withRemaining, deadlineNanos, budgets.maxReadBytes()));
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
                        () -> get(key, withRemaining, deadline),
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
    public CompletableFuture<List<CompletableFuture<RemoteValue>>> getAll(List<byte[]> keys, boolean withRemaining) {
        return new BatchRead(this, routing, keys, withRemaining, deadline(Access.READ), budgets.maxPending()).start();
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
    public CompletableFuture<Boolean> delete(byte[] key, EntryVersion seen) {
        return submit(new YesOrNo(key, Script.DELETE_VERSION, ScriptCall.version(seen)));
    }

    @Override
    public List<CompletableFuture<Boolean>> deleteAll(List<byte[]> keys) {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>(keys.size());
        keys.forEach(key -> answers.add(delete(key)));
        return answers;
    }

    @Override
    public CompletableFuture<Boolean> setIfAbsent(byte[] key, byte[] value, long pxMillis) {
        return submit(new YesOrNo(key, Script.SET_IF_ABSENT, value, ScriptCall.decimal(pxMillis)));
    }

    @Override
    public CompletableFuture<Boolean> replace(byte[] key, EntryVersion seen, byte[] value, long pxMillis) {
        return submit(new YesOrNo(key, Script.REPLACE, ScriptCall.version(seen), value, ScriptCall.decimal(pxMillis)));
    }

    @Override
    public CompletableFuture<RemoteValue> getAndDelete(byte[] key) {
        return submit(new GetAndDelete(key));
    }

    @Override
    public CompletableFuture<Long> increment(byte[] key, long delta, long pxMillisIfNew) {
        return submit(new IncrementRequest(dispatch, key, delta, pxMillisIfNew));
    }

    @Override
    public Lease lease(byte[] key, byte[] placeholder, long leaseMillis, @Nullable EntryVersion over) {
        return new LaneLease(
                dispatch, key, LeaseInPlace.asked(key, leaseKeys.of(key), placeholder, leaseMillis, over), leaseMillis);
    }

    @Override
    public Lease refreshLease(byte[] key, byte[] placeholder, long leaseMillis, EntryVersion seen) {
        return new LaneLease(
                dispatch,
                key,
                new LeaseForRefresh(key, leaseKeys.of(key), placeholder, leaseMillis, seen),
                leaseMillis);
    }

    @Override
    public Lease seize(byte[] key, byte[] placeholder, long leaseMillis) {
        return new LaneLease(dispatch, key, LeaseInPlace.seized(key, placeholder, leaseMillis), leaseMillis);
    }

    @Override
    public CompletableFuture<RemoteValue> epoch(byte[] key, byte[] ifNone) {
        // readers wait for it: no longer than they do for a value
        return submit(
                new KeptRequest(Access.READ, key, new ScriptCall(Script.EPOCH, List.of(key), null, List.of(ifNone))));
    }

    @Override
    public CompletableFuture<@Nullable Void> replaceEpoch(byte[] key, byte[] epoch) {
        return submit(new Done(key, Script.OVERWRITE, epoch, ScriptCall.decimal(FOR_EVER)));
    }

    @Override
    public CompletableFuture<RemoteValue> keep(byte[] key, byte[] ifNone, long pxMillis) {
        return submit(new KeptRequest(
                Access.WRITE,
                key,
                new ScriptCall(Script.KEEP, List.of(key), null, List.of(ifNone, ScriptCall.decimal(pxMillis)))));
    }

    @Override
    public CompletableFuture<RemoteKeys> scan(byte[] prefix, @Nullable String cursor, int limit) {
        return new KeyListing(routing.holders(), prefix, limit, budgets, dispatch.time()).from(cursor);
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
    public void onLoss(LossListener listener) {
        tracking.tellOfLosses(listener);
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
        return submitAsBystander(new Done(key, Script.STIR));
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

    <T extends @Nullable Object> CompletableFuture<T> submit(KeyRequest<T> request) {
        return dispatch.send(request);
    }

    private long deadline(Access access) {
        return dispatch.deadline(access);
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
        YesOrNo(byte[] key, Script script, byte[]... arguments) {
            super(dispatch, key, ScriptCall.changing(key, script, arguments));
        }

        @Override
        Boolean read(List<Object> reply) {
            return reply.get(0).equals(1L);
        }
    }

    private final class Done extends ScriptRequest<@Nullable Void> {
        Done(byte[] key, Script script, byte[]... arguments) {
            super(dispatch, key, ScriptCall.changing(key, script, arguments));
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
            super(dispatch, key, ScriptCall.changing(key, Script.GET_AND_DELETE));
        }

        @Override
        RemoteValue read(List<Object> reply) {
            return reply.isEmpty()
                    ? RemoteValue.absent(sentAtNanos(), null)
                    : new RemoteValue((byte[]) reply.get(0), (Long) reply.get(1), sentAtNanos());
        }
    }

    /** What all keep under a key. Copies of it do not end because it is read. */
    private final class KeptRequest extends ScriptRequest<RemoteValue> {
        KeptRequest(Access access, byte[] key, ScriptCall call) {
            super(dispatch, access, key, call);
        }

        @Override
        RemoteValue read(List<Object> reply) {
            // as of any value: see ReadRequest
            return new RemoteValue(
                    (byte[]) reply.get(0), (Long) reply.get(1), sentAtNanos(), isAsking() ? null : proof());
        }
    }
}
