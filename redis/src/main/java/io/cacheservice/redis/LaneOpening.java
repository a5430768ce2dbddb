package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.TimeSource;
import io.cacheservice.redis.internal.server.Refusal;
import io.cacheservice.redis.internal.server.Script;
import io.cacheservice.redis.internal.topology.NodeAddress;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Opens lanes, each step awaited before the next: connect and introduce ourselves, learn who the lane is for the server,
 * end its predecessor, load the scripts.
 *
 * <p>The predecessor must be ended first: its connection may hold the bytes of a write whose caller was told that the
 * outcome is unknown, and they must not land after a newer write of the new lane. Where the server's access rights forbid
 * that, the lane opens all the same and this is logged once.
 */
final class LaneOpening {
    private static final System.Logger LOG = System.getLogger("io.cacheservice.redis");
    private static final Pattern RUN_ID = Pattern.compile("(?m)^run_id:([0-9a-f]+)");

    private final NodeAddress address;
    private final Connector connector;
    private final Budgets budgets;
    private final TimeSource time;
    private final ScriptDialect dialect;
    private final ServerMemory memory;
    private final Trouble trouble;
    private final Greeting greeting;
    private final Tracking tracking;
    private final Placement placement;
    private final NodeBreaker breaker;
    private final ServerLife life;
    private final AtomicBoolean rightsComplained = new AtomicBoolean();
    private final AtomicBoolean trackingComplained = new AtomicBoolean();

    LaneOpening(
            NodeAddress address,
            Connector connector,
            Budgets budgets,
            TimeSource time,
            ScriptDialect dialect,
            ServerMemory memory,
            Greeting greeting,
            Tracking tracking,
            Placement placement,
            Trouble trouble,
            NodeBreaker breaker,
            ServerLife life) {
        this.address = address;
        this.connector = connector;
        this.budgets = budgets;
        this.time = time;
        this.dialect = dialect;
        this.memory = memory;
        this.greeting = greeting;
        this.tracking = tracking;
        this.placement = placement;
        this.trouble = trouble;
        this.breaker = breaker;
        this.life = life;
    }

    /** Where the server is, as messages and statistics name it. */
    String where() {
        return address.toString();
    }

    /**
     * Opens a lane within {@code connectTimeout}. Not to be called on an event loop.
     *
     * @param name of the lane, for people
     * @param predecessor whom the new lane replaces; null: nobody
     * @return fails with an {@link OpeningFailure} only
     */
    CompletableFuture<Lane> open(String name, @Nullable LaneIdentity predecessor) {
        CompletableFuture<Lane> opened = new CompletableFuture<>();
        try {
            open(name, predecessor, opened);
        } catch (RuntimeException | Error e) {
            // an Error too, such as a thread that cannot be made: nobody would try again after it
            opened.completeExceptionally(OpeningFailure.of(where(), e));
        }
        return opened;
    }

    private void open(String name, @Nullable LaneIdentity predecessor, CompletableFuture<Lane> opened) {
        CompletionStage<DriverConnection> connecting = connector.connect(address);
        var limit = connector
                .executor()
                .schedule(
                        () -> opened.completeExceptionally(OpeningFailure.tooSlow(where(), budgets.connectNanos())),
                        budgets.connectNanos(),
                        TimeUnit.NANOSECONDS);
        var unusedLimit = opened.whenComplete((lane, failure) -> limit.cancel(false));
        connecting.whenComplete((connection, failure) -> {
            if (failure != null) {
                opened.completeExceptionally(OpeningFailure.of(where(), failure));
            } else {
                introduce(name, connection, predecessor, opened);
            }
        });
    }

    private void introduce(
            String name,
            DriverConnection connection,
            @Nullable LaneIdentity predecessor,
            CompletableFuture<Lane> opened) {
        Prover prover = new Prover(tracking, placement, time, name, connector.keyPrefix());
        Lane lane = new Lane(
                address, connection, budgets, time, connector.executor(), tracking, prover, trouble, breaker, life);
        var unusedEnd = opened.whenComplete((result, failure) -> {
            if (result == null) {
                // too slow, or a step failed: nobody will use it
                var unusedClose = lane.close();
            }
        });
        var unusedSteps = bind(lane)
                .thenCompose(clientInfo -> serverInfo(lane).thenCompose(serverInfo -> {
                    identify(lane, clientInfo, runId(serverInfo));
                    return greeting.greet(lane, serverInfo)
                            .thenCompose(done -> life.met(lane, where(), runId(serverInfo)));
                }))
                .thenCompose(done -> endPredecessor(lane, predecessor))
                .thenCompose(done -> requireRightToRead(lane))
                .thenCompose(done -> loadScripts(lane))
                .thenCompose(done -> memory.settle(lane))
                .thenCompose(done -> track(lane, connection))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        opened.completeExceptionally(OpeningFailure.of(where(), failure));
                    } else {
                        // it has just answered a dozen questions
                        breaker.heard(0);
                        opened.complete(lane);
                    }
                });
    }

    private CompletableFuture<@Nullable String> bind(Lane lane) {
        SetupRequest<byte[]> request = new SetupRequest<>(where(), "CLIENT INFO");
        Bind bind = new Bind(request, lane);
        request.uses(bind);
        lane.bind(request, bind);
        return request.handle((reply, failure) -> textUnlessForbidden("CLIENT INFO", reply, failure));
    }

    private CompletableFuture<@Nullable String> serverInfo(Lane lane) {
        return ask(
                        lane,
                        "INFO server",
                        CommandType.INFO,
                        new ByteArrayOutput<>(ByteArrayCodec.INSTANCE),
                        Request.args().add("server"))
                .handle((reply, failure) -> textUnlessForbidden("INFO", reply, failure));
    }

    private static @Nullable String runId(@Nullable String serverInfo) {
        Matcher matcher = RUN_ID.matcher(serverInfo == null ? "" : serverInfo);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static void identify(Lane lane, @Nullable String clientInfo, @Nullable String runId) {
        LaneIdentity identity = clientInfo == null ? null : LaneIdentity.parse(clientInfo, runId);
        if (identity != null) {
            lane.identifiedAs(identity);
        }
    }

    private CompletionStage<?> endPredecessor(Lane lane, @Nullable LaneIdentity predecessor) {
        LaneIdentity identity = lane.identity();
        if (predecessor == null || !predecessor.mayLiveOn(identity == null ? null : identity.runId())) {
            return CompletableFuture.completedFuture(null);
        }
        CommandArgs<byte[], byte[]> args = Request.args()
                .add("KILL")
                .add("ID")
                .add(predecessor.id())
                .add("ADDR")
                .add(predecessor.address());
        return ask(lane, "CLIENT KILL", CommandType.CLIENT, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args)
                .handle((killed, failure) -> {
                    textUnlessForbidden("CLIENT KILL", null, failure);
                    return killed;
                });
    }

    /** Reads a key that nobody ever writes; whatever else is wrong now is told by the requests that meet it. */
    private CompletionStage<?> requireRightToRead(Lane lane) {
        CommandArgs<byte[], byte[]> args = Request.args()
                .addKey((connector.keyPrefix() + "~start").getBytes(UTF_8))
                .add(0)
                .add(0);
        return ask(lane, "GETRANGE", CommandType.GETRANGE, new ByteArrayOutput<>(ByteArrayCodec.INSTANCE), args)
                .handle((reply, failure) -> {
                    String error = failure == null ? null : SetupRequest.refusal(failure);
                    if (error != null && Refusal.of(error) == Refusal.NOPERM) {
                        throw OpeningFailure.refused(where(), "GETRANGE", error);
                    }
                    return reply;
                });
    }

    /** The first one alone, so that a server without the script header is sent the texts it understands. */
    private CompletionStage<?> loadScripts(Lane lane) {
        // the server may have been upgraded while the connection was lost
        dialect.forget();
        List<Script> scripts = List.of(Script.values());
        return load(lane, scripts.get(0))
                .thenCompose(first -> CompletableFuture.allOf(scripts.stream()
                        .skip(1)
                        .map(script -> load(lane, script).toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new)));
    }

    private CompletionStage<?> load(Lane lane, Script script) {
        boolean withHeader = dialect.knowsHeader();
        CommandArgs<byte[], byte[]> args =
                Request.args().add("LOAD").add(script.text(withHeader).source());
        return ask(lane, "SCRIPT LOAD", CommandType.SCRIPT, new StatusOutput<>(ByteArrayCodec.INSTANCE), args)
                .handle((hash, failure) -> failure)
                .thenCompose(failure -> {
                    // whatever else was refused is loaded when it is first used, by a command that may be allowed
                    boolean again = withHeader && failure != null && dialect.learnFrom(String.valueOf(failure));
                    return again ? load(lane, script) : CompletableFuture.completedFuture(null);
                });
    }

    /**
     * The last step, and answered on the event loop: what is sent after it is tracked. A server that cannot is used without.
     */
    private CompletionStage<?> track(Lane lane, DriverConnection connection) {
        if (!tracking.isWanted()) {
            return CompletableFuture.completedFuture(null);
        }
        connection.onPush(lane::pushed);
        return ask(
                        lane,
                        "CLIENT TRACKING",
                        CommandType.CLIENT,
                        new StatusOutput<>(ByteArrayCodec.INSTANCE),
                        Request.args().add("TRACKING").add("ON"))
                .handle((ok, failure) -> {
                    String error = failure == null ? null : SetupRequest.refusal(failure);
                    if (failure == null) {
                        lane.tracked();
                    } else if (error == null) {
                        throw OpeningFailure.of(where(), failure);
                    } else {
                        lane.prover().untracked("CLIENT TRACKING is refused: " + error);
                        complainOfNoTracking(error);
                    }
                    return ok;
                });
    }

    private void complainOfNoTracking(String error) {
        if (trackingComplained.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    where() + " announces no changes to this client, so that each local answer is used for maxStaleness"
                            + " only (CLIENT TRACKING: " + error
                            + "). Grant +client|tracking, or use Redis 6.0 or later with RESP3");
        }
    }

    private <R> CompletableFuture<R> ask(
            Lane lane,
            String name,
            ProtocolKeyword type,
            CommandOutput<byte[], byte[], R> output,
            CommandArgs<byte[], byte[]> args) {
        return SetupRequest.send(lane, where(), name, type, output, args);
    }

    /** A step that this user may not take is left out; other failures end the opening. */
    private @Nullable String textUnlessForbidden(String command, byte @Nullable [] reply, @Nullable Throwable failure) {
        if (failure == null) {
            return reply == null ? null : new String(reply, UTF_8);
        }
        String error = SetupRequest.refusal(failure);
        if (error == null) {
            throw OpeningFailure.of(where(), failure);
        }
        if (!Refusal.isForbidden(error)) {
            throw OpeningFailure.refused(where(), command, error);
        }
        complain(command);
        return null;
    }

    private void complain(String command) {
        if (rightsComplained.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    command + " cannot be run on " + where()
                            + ": after a lost connection, a write whose outcome was unknown may still land after a newer"
                            + " one. Grant +client|info, +client|kill and +info, under their own names, to close this gap");
        }
    }
}
