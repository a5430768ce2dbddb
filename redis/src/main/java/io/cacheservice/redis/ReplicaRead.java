package io.cacheservice.redis;

import io.cacheservice.spi.RemoteValue;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One read that a master or a replica may answer. The replica's word counts only for a value: that it has none may mean that
 * it has none yet, unless the master cannot be asked.
 */
final class ReplicaRead {
    private final Supplier<CompletableFuture<RemoteValue>> master;
    private final Supplier<CompletableFuture<RemoteValue>> replica;
    private final EventExecutorGroup executor;
    private final long patienceNanos;
    private final CompletableFuture<RemoteValue> answer = new CompletableFuture<>();
    private final AtomicBoolean replicaAsked = new AtomicBoolean();
    private final AtomicBoolean masterAsked = new AtomicBoolean();
    private final AtomicInteger unanswered = new AtomicInteger(2);
    private volatile @Nullable RemoteValue absent;
    private volatile @Nullable Throwable failure;

    /** @param patienceNanos how long the first has before the other is asked as well */
    ReplicaRead(
            Supplier<CompletableFuture<RemoteValue>> master,
            Supplier<CompletableFuture<RemoteValue>> replica,
            EventExecutorGroup executor,
            long patienceNanos) {
        this.master = master;
        this.replica = replica;
        this.executor = executor;
        this.patienceNanos = patienceNanos;
    }

    CompletableFuture<RemoteValue> start(boolean replicaFirst) {
        Runnable first = replicaFirst ? this::askReplica : this::askMaster;
        Runnable second = replicaFirst ? this::askMaster : this::askReplica;
        first.run();
        var hedge = executor.schedule(second, patienceNanos, TimeUnit.NANOSECONDS);
        var unused = answer.whenComplete((value, thrown) -> hedge.cancel(false));
        return answer;
    }

    private void askMaster() {
        if (!answer.isDone() && masterAsked.compareAndSet(false, true)) {
            var unused = master.get().whenComplete((value, thrown) -> {
                if (thrown == null) {
                    answer.complete(value);
                } else {
                    failure = thrown;
                    askReplica();
                    oneEnded();
                }
            });
        }
    }

    private void askReplica() {
        if (!answer.isDone() && replicaAsked.compareAndSet(false, true)) {
            var unused = replica.get().whenComplete((value, thrown) -> {
                if (thrown == null && value.bytes() != null) {
                    answer.complete(value);
                } else {
                    absent = value;
                    askMaster();
                    oneEnded();
                }
            });
        }
    }

    /** When both have ended and neither had a value: that there is none, if one could say so. */
    private void oneEnded() {
        if (unanswered.decrementAndGet() == 0) {
            RemoteValue none = absent;
            Throwable why = failure;
            if (none != null) {
                answer.complete(none);
            } else {
                answer.completeExceptionally(why == null ? new IllegalStateException("nobody was asked") : why);
            }
        }
    }
}
