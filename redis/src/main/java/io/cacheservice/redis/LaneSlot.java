package io.cacheservice.redis;

import io.cacheservice.CacheException;
import io.cacheservice.ConnectionStats;
import io.cacheservice.ConnectionStats.State;
import io.cacheservice.ListeningConnection;
import io.cacheservice.TimeSource;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One place for a lane: holds the lane of the moment, and puts a new one in its place when it dies.
 *
 * <p>While a lane is being opened, requests wait here within their own time; after a try that failed they are refused at
 * once, until a later try succeeds, and so are those that come when a lost lane has been away for longer than any may wait. Safe for use by many threads; the lock is held for a few steps only, never while
 * something is waited for, and futures are completed outside it.
 */
final class LaneSlot {
    private static final System.Logger LOG = System.getLogger("io.cacheservice.redis");

    /** A lane that lived shorter counts as a failed try, so that a server that ends every connection is not stormed. */
    private static final long SHORT_LIFE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String name;
    private final EventExecutorGroup executor;
    private final Trouble trouble;
    private final LaneOpening opening;
    private final Budgets budgets;
    private final TimeSource time;
    private final RandomGenerator random;

    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Lane lane;
    private final ArrayDeque<Request<?>> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private final CompletableFuture<Lane> firstTry = new CompletableFuture<>();
    private State state = State.IDLE;
    /** Asked anew for every call: one exception of many threads would gather the stacks and the additions of them all. */
    private @Nullable Supplier<CacheException> refusal;

    private @Nullable LaneIdentity predecessor;
    private String lastError = "";
    private int failures;
    private long opened;
    private long openedAtNanos;
    private boolean isReplacing;
    private long lostAtNanos;
    private boolean ticking;

    LaneSlot(
            String name,
            EventExecutorGroup executor,
            LaneOpening opening,
            Budgets budgets,
            TimeSource time,
            RandomGenerator random,
            Trouble trouble) {
        this.name = name;
        this.executor = executor;
        this.trouble = trouble;
        this.opening = opening;
        this.budgets = budgets;
        this.time = time;
        this.random = random;
    }

    /** Sends a request through the lane of the moment, or lets it wait for one, or fails it. */
    void submit(Request<?> request) {
        Lane now = lane;
        if (now != null) {
            now.submit(request);
            return;
        }
        Supplier<CacheException> refused = null;
        lock.lock();
        try {
            now = lane;
            if (now == null) {
                refused = refusalOrWait(request);
            }
        } finally {
            lock.unlock();
        }
        if (now != null) {
            now.submit(request);
        } else if (refused != null) {
            request.endsByItself();
            request.completeExceptionally(refused.get());
        }
    }

    /** Opens the lane if nobody has yet; completes with the result of the first try. */
    CompletableFuture<Lane> open() {
        startOpening();
        return firstTry;
    }

    /** Opens the lane if nobody has yet. */
    void startOpening() {
        lock.lock();
        try {
            startIfIdle();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the last try to open a lane failed. */
    boolean isDown() {
        lock.lock();
        try {
            return refusal != null;
        } finally {
            lock.unlock();
        }
    }

    /** What its lane vouches for; null: there is no lane. */
    @Nullable
    ListeningConnection listening() {
        Lane now = lane;
        return now == null ? null : now.prover().report();
    }

    /** The server is another than was thought. */
    void distrust() {
        Lane now = lane;
        if (now != null) {
            now.prover().distrust();
        }
    }

    /** The server no longer owns {@code slot} of its Cluster. */
    void slotLeft(int slot) {
        Lane now = lane;
        if (now != null) {
            now.prover().slotLeft(slot);
        }
    }

    ConnectionStats stats() {
        lock.lock();
        try {
            Lane now = lane;
            int pending = now == null ? waiting.size() : now.pending();
            return new ConnectionStats(name, state, pending, opened, lastError);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the lane; what waits, and whatever comes, fails with {@code why}. Completes when the connection is closed. */
    CompletableFuture<@Nullable Void> close(Supplier<CacheException> why) {
        List<Request<?>> refused;
        Lane last;
        lock.lock();
        try {
            state = State.CLOSED;
            refusal = why;
            last = lane;
            lane = null;
            refused = takeWaiting();
        } finally {
            lock.unlock();
        }
        fail(refused, why);
        firstTry.completeExceptionally(why.get());
        return last == null ? CompletableFuture.completedFuture(null) : last.close();
    }

    // -------------------------------------------------------------------------------------- under the lock

    private @Nullable Supplier<CacheException> refusalOrWait(Request<?> request) {
        startIfIdle();
        if (refusal != null) {
            return refusal;
        }
        if (isReplacing && time.nanoTime() - lostAtNanos > Math.max(budgets.readNanos(), budgets.writeNanos())) {
            String why = lastError;
            return () -> Failures.notConnected(opening.where(), why);
        }
        if (waiting.size() + request.places() > budgets.maxPending()) {
            return () -> Failures.tooManyPending(opening.where(), budgets.maxPending());
        }
        if (request.weight() > 0 && waitingBytes + request.weight() > budgets.maxPendingBytes()) {
            return () -> Failures.tooManyPendingBytes(opening.where(), budgets.maxPendingBytes());
        }
        waitingBytes += request.weight();
        waiting.addLast(request);
        tickLater();
        return null;
    }

    private void startIfIdle() {
        if (state == State.IDLE) {
            state = State.CONNECTING;
            tryAfter(0);
        }
    }

    private void tryAfter(long millis) {
        if (state != State.CLOSED) {
            var unused = executor.schedule(this::attempt, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void tickLater() {
        if (!ticking && !waiting.isEmpty()) {
            ticking = true;
            var unused = executor.schedule(this::tick, budgets.tickNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private List<Request<?>> takeWaiting() {
        List<Request<?>> taken = new ArrayList<>(waiting);
        waiting.clear();
        waitingBytes = 0;
        return taken;
    }

    // ------------------------------------------------------------------------------- called by the executor

    private void tick() {
        long now = time.nanoTime();
        List<Request<?>> late = new ArrayList<>();
        lock.lock();
        try {
            ticking = false;
            waiting.removeIf(request -> {
                boolean gone = request.isDone() || request.isExpired(now);
                waitingBytes -= gone ? request.weight() : 0;
                return gone && late.add(request);
            });
            tickLater();
        } finally {
            lock.unlock();
        }
        late.forEach(request -> request.completeExceptionally(Failures.timedOut(opening.where(), request, budgets)));
    }

    private void attempt() {
        LaneIdentity replaced;
        lock.lock();
        try {
            if (state == State.CLOSED) {
                return;
            }
            state = State.CONNECTING;
            replaced = predecessor;
        } finally {
            lock.unlock();
        }
        var unused = opening.open(name, replaced).whenComplete((now, failure) -> {
            if (failure == null) {
                enterService(now);
            } else {
                tryAgain(failure);
            }
        });
    }

    private void enterService(Lane now) {
        boolean wanted;
        lock.lock();
        try {
            wanted = state != State.CLOSED;
            if (wanted) {
                // in the order of the calls, and before anybody finds the lane by himself
                takeWaiting().forEach(now::submit);
                lane = now;
                state = State.READY;
                refusal = null;
                isReplacing = false;
                predecessor = now.identity();
                opened++;
                openedAtNanos = time.nanoTime();
            }
        } finally {
            lock.unlock();
        }
        if (!wanted) {
            var unused = now.close();
            return;
        }
        var unused = now.death().thenAccept(reason -> replace(now, reason));
        firstTry.complete(now);
    }

    private void tryAgain(Throwable failure) {
        OpeningFailure why = OpeningFailure.of(opening.where(), failure);
        List<Request<?>> refused = List.of();
        boolean isNews = false;
        lock.lock();
        try {
            if (state != State.CLOSED) {
                isNews = refusal == null;
                refusal = why::refusal;
                lastError = String.valueOf(why.told().getMessage());
                state = State.DOWN;
                refused = takeWaiting();
                tryAfter(Backoff.delayMillis(++failures, random));
            }
        } finally {
            lock.unlock();
        }
        if (isNews) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "No connection " + name + ": " + why.told().getMessage());
        }
        fail(refused, why::refusal);
        firstTry.completeExceptionally(why);
        trouble.suspected();
    }

    private void replace(Lane dead, String reason) {
        lock.lock();
        try {
            if (lane != dead) {
                return;
            }
            lane = null;
            state = State.CONNECTING;
            lastError = reason;
            isReplacing = true;
            lostAtNanos = time.nanoTime();
            failures = time.nanoTime() - openedAtNanos < SHORT_LIFE_NANOS ? failures + 1 : 0;
            tryAfter(Backoff.delayMillis(failures, random));
        } finally {
            lock.unlock();
        }
        LOG.log(System.Logger.Level.INFO, "Lost " + name + ": " + reason + ". Opening a new connection");
        trouble.suspected();
    }

    private static void fail(List<Request<?>> requests, Supplier<CacheException> with) {
        requests.forEach(request -> request.completeExceptionally(with.get()));
    }
}
