package io.cacheservice.redis;

import io.cacheservice.CacheException;
import io.cacheservice.FailedOutcome;
import io.cacheservice.TimeSource;
import io.cacheservice.redis.internal.topology.NodeAddress;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One connection for one life: never reconnected, nothing ever sent twice ({@code docs/decisions/0001-tracked-lanes.md}).
 *
 * <p>Callers put requests into a queue; the channel's event loop takes them out in batches and hands each batch to the
 * driver in one piece, so that concurrent callers share a flush and a lone one waits for nobody. All other state belongs to
 * the event loop.
 *
 * <p>The lane bounds what it holds: requests and bytes that wait are counted in the caller's thread and refused there.
 * While the peer takes nothing in, requests stay in the lane's own queue, so that one whose time is up there was provably
 * never sent. Time limits fail the caller's future only; a sent command stays, so that its late reply is still matched. A
 * lane that owes answers and hears nothing for {@link Budgets#connectNanos()} is given up.
 *
 * <p>What it reads is vouched for by its {@link Prover}, and whoever keeps copies is told of each changed key ({@link
 * Tracking}): of those that the server announces, and of its own writes before their callers are answered.
 */
final class Lane {
    /** Not more, so that server and client work at the same time and not by turns: 1.2 to 1.3 times the throughput. */
    private static final int BATCH_REQUESTS = 16;

    /** Where they share commands: more, for then a batch is little work. */
    private static final int GATHERED_REQUESTS = 64;

    /** A batch is at most this part of what is unanswered, for the same reason: few callers are not sent for all at once. */
    private static final int BATCHES_UNDER_WAY = 4;

    private static final int BATCH_BYTES = 1 << 20;

    private final NodeAddress address;
    private final String where;
    private final DriverConnection connection;
    private final Budgets budgets;
    private final TimeSource time;
    private final ScheduledExecutorService timer;
    private final Tracking tracking;
    private final Prover prover;
    private final Trouble trouble;
    private final NodeBreaker breaker;
    private final ServerLife life;
    private final CompletableFuture<String> death = new CompletableFuture<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

    private final Queue<Request<?>> queue = PlatformDependent.newMpscQueue();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicLong pendingBytes = new AtomicLong();
    private final AtomicInteger armed = new AtomicInteger();
    private final Runnable drain = this::drain;
    private volatile @Nullable Channel channel;
    private volatile @Nullable LaneIdentity identity;

    // the event loop's own
    private final ArrayDeque<Request<?>> backlog = new ArrayDeque<>();
    private final Unanswered unanswered = new Unanswered();
    private final Gathering gathering = new Gathering();
    private final List<RedisCommand<byte[], byte[], ?>> followUp = new ArrayList<>();
    private int owed;
    private long heardAtNanos;
    private boolean ticking;
    /** Written by the event loop only. */
    private volatile boolean dead;

    private String deathReason = "the connection was closed by Redis or by the network";

    Lane(
            NodeAddress address,
            DriverConnection connection,
            Budgets budgets,
            TimeSource time,
            ScheduledExecutorService timer,
            Tracking tracking,
            Prover prover,
            Trouble trouble,
            NodeBreaker breaker,
            ServerLife life) {
        this.address = address;
        this.where = address.toString();
        this.trouble = trouble;
        this.breaker = breaker;
        this.life = life;
        this.connection = connection;
        this.budgets = budgets;
        this.time = time;
        this.timer = timer;
        this.tracking = tracking;
        this.prover = prover;
    }

    /** The server at the other end. */
    NodeAddress address() {
        return address;
    }

    /** Completes on the event loop with the reason when the connection has ended. */
    CompletableFuture<String> death() {
        return death;
    }

    /** Whether it is closed or has ended: nothing more is sent. */
    boolean isEnding() {
        return closing.get() || dead;
    }

    /** Requests taken and not yet answered. */
    int pending() {
        return pending.get();
    }

    /** Who this lane is for the server; null: it would not say. */
    @Nullable
    LaneIdentity identity() {
        return identity;
    }

    /** What it vouches for. */
    Prover prover() {
        return prover;
    }

    /** Which reads it sends together; for the event loop. */
    Gathering gathering() {
        return gathering;
    }

    /** The life of the server at the other end. */
    ServerLife life() {
        return life;
    }

    void identifiedAs(LaneIdentity as) {
        identity = as;
    }

    /** Sends the first command, with which the event loop becomes known; others only after its reply. */
    void bind(Request<?> request, Bind bind) {
        pending.incrementAndGet();
        request.takenBy(this);
        connection.send(bind);
    }

    /** Takes a request, or fails it; never waits. */
    void submit(Request<?> request) {
        if (pending.addAndGet(request.places()) > budgets.maxPending()) {
            pending.addAndGet(-request.places());
            request.endsByItself();
            request.completeExceptionally(Failures.tooManyPending(where, budgets.maxPending()));
            return;
        }
        int weight = request.weight();
        if (weight > 0 && pendingBytes.addAndGet(weight) > budgets.maxPendingBytes()) {
            pendingBytes.addAndGet(-weight);
            pending.addAndGet(-request.places());
            request.endsByItself();
            request.completeExceptionally(Failures.tooManyPendingBytes(where, budgets.maxPendingBytes()));
            return;
        }
        request.takenBy(this);
        queue.add(request);
        arm();
    }

    /** Ends the connection; what waits fails. */
    CompletableFuture<@Nullable Void> close() {
        if (closing.compareAndSet(false, true)) {
            prover.end();
            var unused = connection.closeAsync().whenComplete((nothing, failure) -> closed.complete(null));
        }
        return closed;
    }

    // -------------------------------------------------------------------------------- called by the event loop

    void bound(Channel to) {
        heardAtNanos = time.nanoTime();
        owed++;
        channel = to;
    }

    void heard() {
        if (owed > 0) {
            heardAtNanos = time.nanoTime();
        }
    }

    void writabilityChanged() {
        if (isWritable()) {
            arm();
        }
    }

    /** From now on the server announces changes, and is asked whether it may be believed. */
    void tracked() {
        prover.tracked();
        probe();
    }

    /** Something was announced. */
    void pushed(PushMessage message) {
        try {
            if (message.getType().equals(Invalidations.TYPE)) {
                Invalidations.tell(message, tracking::announced, prover::flushed);
            }
        } catch (RuntimeException | Error e) {
            // thrown into the driver it would shift every reply by one
            giveUp("an announcement of the server could not be read: " + e);
        }
    }

    void died() {
        dead = true;
        if (closing.get()) {
            prover.end();
        } else {
            prover.connectionLost();
        }
        unanswered.endAll(request -> failUnanswered(request, null));
        failQueued();
        // what the driver still holds for it ends too
        var unused = close();
        death.complete(deathReason);
    }

    void answered(Request<?> request) {
        // asked before: whoever is told of the answer may move a clock
        boolean overdue = request.isOverdue(time.nanoTime(), budgets.connectNanos());
        take(request);
        if (overdue && !dead) {
            // all that follows waits behind it, and a link that trickles is never silent for long enough
            giveUp("answers come more than connectTimeout = " + Failures.millis(budgets.connectNanos()) + " ms late");
        }
    }

    private <T extends @Nullable Object> void take(Request<T> request) {
        T answer;
        prover.heard(request.sentAtNanos());
        request.heardOf();
        reportOwnWrite(request);
        try {
            Onward onward = request.onward();
            if (onward != null) {
                unanswered.forget(request);
                settle(request);
                request.goOn(onward);
                return;
            }
            answer = request.answered(followUp);
        } catch (CacheException e) {
            followUp.clear();
            settle(request);
            request.completeExceptionally(e);
            return;
        } catch (RuntimeException | Error e) {
            // nothing may be thrown into the driver: it would match the next reply to the wrong command
            followUp.clear();
            settle(request);
            request.completeExceptionally(Failures.unexpectedReply(where, request.name(), e));
            return;
        }
        if (followUp.isEmpty()) {
            settle(request);
            request.complete(answer);
        } else {
            follow(request);
        }
    }

    /** On any thread: the driver does not say on which it gives up a command. */
    void broken(Request<?> request, Throwable cause) {
        Channel on = channel;
        if (on == null || on.eventLoop().inEventLoop() || on.eventLoop().isShuttingDown()) {
            settleBroken(request, cause);
        } else {
            on.eventLoop().execute(() -> settleBroken(request, cause));
        }
    }

    // --------------------------------------------------------------------------------------------- sending

    private void arm() {
        if (armed.get() == 0 && armed.compareAndSet(0, 1)) {
            try {
                boundChannel().eventLoop().execute(drain);
            } catch (RejectedExecutionException loopHasEnded) {
                failRejected();
            }
        }
    }

    private void drain() {
        armed.set(0); // before polling: a later arrival arms again
        if (dead) {
            failQueued();
            return;
        }
        try {
            sendBatch();
        } catch (RuntimeException | Error e) {
            // what became of the batch is unknown, and the requests in it are known to the lane: its death answers them
            giveUp("commands could not be sent: " + e);
        }
        if (!isQueueEmpty() && isWritable()) {
            arm();
        }
        tickLater();
    }

    private void sendBatch() {
        List<RedisCommand<byte[], byte[], ?>> batch = new ArrayList<>();
        long now = time.nanoTime();
        long bytes = 0;
        int requests = 0;
        int mostAtOnce = gathering.isOn() ? GATHERED_REQUESTS : BATCH_REQUESTS;
        int most = Math.max(1, Math.min(mostAtOnce, pending.get() / BATCHES_UNDER_WAY));
        while (requests < most && bytes < BATCH_BYTES && isWritable()) {
            Request<?> request = next();
            if (request == null) {
                break;
            }
            if (!dropIfLate(request, now)) {
                put(request, now, batch);
                requests += request.places();
                bytes += request.weight();
            }
        }
        gathering.endRow(batch);
        if (!batch.isEmpty()) {
            connection.send(batch);
        }
    }

    private void put(Request<?> request, long now, List<RedisCommand<byte[], byte[], ?>> batch) {
        if (owed == 0) {
            heardAtNanos = now;
        }
        request.sentAt(now, prover.proofFor(request.slot()));
        // known before it begins: whatever goes wrong from here, the lane's death answers it
        unanswered.add(request);
        owed++;
        if (gathering.takes(request)) {
            return;
        }
        gathering.endRow(batch);
        int first = batch.size();
        request.begin(batch);
        if (request.isAsking()) {
            addAsking(request, batch.subList(first, batch.size()));
        }
    }

    /** A server takes a command for a slot that is on its way to it only right after an {@code ASKING}. */
    private static void addAsking(Request<?> request, List<RedisCommand<byte[], byte[], ?>> commands) {
        for (ListIterator<RedisCommand<byte[], byte[], ?>> i = commands.listIterator(); i.hasNext(); i.next()) {
            i.add(request.command(CommandType.ASKING, new StatusOutput<>(ByteArrayCodec.INSTANCE), Request.args()));
        }
    }

    private void follow(Request<?> request) {
        List<RedisCommand<byte[], byte[], ?>> commands = new ArrayList<>(followUp);
        followUp.clear();
        if (request.isAsking()) {
            addAsking(request, commands);
        }
        if (dead || request.isDone()) {
            // whose caller was answered is never sent again
            settle(request);
            return;
        }
        // after the replies that are being read: the driver is busy matching them
        boundChannel().eventLoop().execute(() -> {
            if (!dead) {
                sendOn(commands);
            }
        });
    }

    /** On the event loop: asks past everything that waits, and again when it is time. */
    private void probe() {
        if (dead) {
            return;
        }
        ProbeRequest probe = prover.next();
        if (probe != null) {
            probe.takenBy(this);
            List<RedisCommand<byte[], byte[], ?>> commands = new ArrayList<>();
            put(probe, time.nanoTime(), commands);
            var unused = probe.whenComplete((replies, failure) -> probed(probe, replies));
            sendOn(commands);
        }
        later(this::probe, prover.pauseNanos());
    }

    private void probed(ProbeRequest probe, ProbeVerdict.@Nullable Replies replies) {
        prover.answered(probe, replies);
        if (replies != null) {
            breaker.heard(time.nanoTime() - probe.sentAtNanos());
        }
    }

    private void sendOn(List<RedisCommand<byte[], byte[], ?>> commands) {
        try {
            connection.send(commands);
        } catch (RuntimeException | Error e) {
            giveUp("commands could not be sent: " + e);
        }
    }

    private @Nullable Request<?> next() {
        Request<?> request = backlog.pollFirst();
        return request != null ? request : queue.poll();
    }

    private boolean isQueueEmpty() {
        return backlog.isEmpty() && queue.isEmpty();
    }

    private boolean isWritable() {
        return boundChannel().isWritable();
    }

    private Channel boundChannel() {
        Channel bound = channel;
        if (bound == null) {
            throw new IllegalStateException("a lane is used before it is bound");
        }
        return bound;
    }

    // ---------------------------------------------------------------------------------------- time and ends

    private void tickLater() {
        if (!ticking && !dead && (owed > 0 || !isQueueEmpty())) {
            ticking = true;
            later(this::tick, unanswered.nextLookNanos(time.nanoTime(), budgets.tickNanos()));
        }
    }

    /** Not by the loop's own timer: Netty spins through the last half millisecond before a task is due. */
    private void later(Runnable onLoop, long nanos) {
        EventLoop loop = boundChannel().eventLoop();
        var unused = timer.schedule(() -> loop.execute(onLoop), nanos, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        ticking = false;
        if (dead) {
            return;
        }
        long now = time.nanoTime();
        unanswered.expire(request -> isOver(request, now));
        if (!isWritable()) {
            expireUnsent(now);
        }
        if (owed > 0 && now - heardAtNanos >= budgets.connectNanos()) {
            giveUp("Redis owed answers and sent nothing for connectTimeout = " + budgets.connectNanos() / 1_000_000
                    + " ms");
        }
        tickLater();
    }

    /** Ends a request whose time is up; answers whether its caller has been answered. */
    private boolean isOver(Request<?> request, long now) {
        if (!request.isDone()) {
            if (!request.isExpired(now)) {
                return false;
            }
            reportOwnWrite(request);
            request.completeExceptionally(Failures.timedOut(where, request, budgets));
            trouble.suspected();
        }
        return true;
    }

    private void expireUnsent(long now) {
        for (Request<?> request = queue.poll(); request != null; request = queue.poll()) {
            backlog.addLast(request);
        }
        backlog.removeIf(request -> dropIfLate(request, now));
    }

    private boolean dropIfLate(Request<?> request, long now) {
        if (request.isDone()) {
            release(request);
            return true;
        }
        if (request.isExpired(now)) {
            release(request);
            request.completeExceptionally(Failures.timedOut(where, request, budgets));
            return true;
        }
        return false;
    }

    private void giveUp(String reason) {
        deathReason = reason;
        Channel.Unsafe transport = boundChannel().unsafe();
        // past the pipeline: TLS would first wait three seconds for room to say goodbye to a peer that takes nothing in
        transport.close(transport.voidPromise());
    }

    /** Before the caller is answered, so that he finds nothing older here: the server's own word comes after the reply. */
    private void reportOwnWrite(Request<?> request) {
        byte[] key = request.changes();
        if (key != null) {
            tracking.changed(key);
        }
    }

    private void settle(Request<?> request) {
        owed--;
        release(request);
        unanswered.settled(request);
    }

    private void settleBroken(Request<?> request, Throwable cause) {
        if (request.lastBroken()) {
            settle(request);
        }
        failUnanswered(request, cause);
        Channel on = channel;
        // a channel that is ending does so by itself, and for its own reason
        if (!dead && on != null && on.isActive() && on.eventLoop().inEventLoop()) {
            giveUp("the driver gave up a command, so that replies may no longer belong to what they are matched with: "
                    + cause);
        }
    }

    private void release(Request<?> request) {
        pending.addAndGet(-request.places());
        if (request.weight() > 0) {
            pendingBytes.addAndGet(-request.weight());
        }
    }

    private void failUnanswered(Request<?> request, @Nullable Throwable cause) {
        if (!request.isDone()) {
            reportOwnWrite(request);
            FailedOutcome outcome =
                    request.access() == Access.WRITE ? FailedOutcome.UNKNOWN : FailedOutcome.NOT_APPLIED;
            request.completeExceptionally(Failures.lost(where, request.name(), outcome, cause));
        }
    }

    private void failQueued() {
        for (Request<?> request = next(); request != null; request = next()) {
            release(request);
            request.laneHasEnded(() -> Failures.notConnected(where, deathReason));
        }
    }

    /** The event loop has ended, so its place at the queue is free; callers take it one at a time. */
    private void failRejected() {
        synchronized (backlog) {
            armed.set(0);
            failQueued();
        }
    }
}
