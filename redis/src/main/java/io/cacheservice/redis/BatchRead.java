package io.cacheservice.redis;

import io.cacheservice.spi.RemoteValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The reads of one batch: those over one lane go as a {@link SharedRead}, and what that leaves open, or has to go alone, is read
 * key by key. For one batch.
 */
final class BatchRead {
    /** Fewer are as cheap alone. */
    private static final int LEAST_TO_SHARE = 3;

    private final RedisTier tier;
    private final Routing routing;
    private final List<byte[]> keys;
    private final boolean withRemaining;
    private final long deadlineNanos;
    private final int most;
    private final AtomicReferenceArray<@Nullable CompletableFuture<RemoteValue>> answers;
    private final AtomicInteger open;
    private final CompletableFuture<List<CompletableFuture<RemoteValue>>> done = new CompletableFuture<>();

    /** @param maxPending the places of a lane, of which each key takes one */
    BatchRead(
            RedisTier tier,
            Routing routing,
            List<byte[]> keys,
            boolean withRemaining,
            long deadlineNanos,
            int maxPending) {
        this.tier = tier;
        this.routing = routing;
        this.most = Math.min(SharedRead.MOST, maxPending);
        this.keys = keys;
        this.withRemaining = withRemaining;
        this.deadlineNanos = deadlineNanos;
        this.answers = new AtomicReferenceArray<>(keys.size());
        this.open = new AtomicInteger(keys.size());
    }

    /** Sends it; the answer has an element for each key, which is done, and none fails as a whole. */
    CompletableFuture<List<CompletableFuture<RemoteValue>>> start() {
        if (keys.isEmpty()) {
            done.complete(List.of());
        }
        Map<LaneSlot, Share> shares = new LinkedHashMap<>();
        Share last = null;
        for (int at = 0; at < keys.size(); at++) {
            LaneSlot lane = routing.sharedLane(keys.get(at));
            if (lane == null) {
                ask(at);
                continue;
            }
            if (last == null || !last.lane.equals(lane)) {
                last = shares.computeIfAbsent(lane, first -> new Share(first, keys.size()));
            }
            last.add(at);
            if (last.size == most) {
                ask(last);
                shares.remove(lane);
                last = null;
            }
        }
        shares.values().forEach(this::ask);
        return done;
    }

    /** The keys over one lane, by their places in the batch. */
    private static final class Share {
        private final LaneSlot lane;
        private final int[] places;
        private int size;

        Share(LaneSlot lane, int most) {
            this.lane = lane;
            this.places = new int[most];
        }

        void add(int at) {
            places[size++] = at;
        }
    }

    private void ask(Share share) {
        if (share.size < LEAST_TO_SHARE) {
            for (int i = 0; i < share.size; i++) {
                ask(share.places[i]);
            }
            return;
        }
        List<byte[]> shared = new ArrayList<>(share.size);
        for (int i = 0; i < share.size; i++) {
            shared.add(keys.get(share.places[i]));
        }
        SharedRead read = new SharedRead(routing, shared, withRemaining, deadlineNanos);
        var unused = tier.submit(read).whenComplete((found, failure) -> {
            for (int i = 0; i < share.size; i++) {
                int at = share.places[i];
                RemoteValue value = found == null ? null : found.get(i);
                if (value != null) {
                    answered(at, CompletableFuture.completedFuture(value));
                } else if (failure != null) {
                    answered(at, CompletableFuture.failedFuture(failure));
                } else {
                    ask(at);
                }
            }
        });
    }

    private void ask(int at) {
        CompletableFuture<RemoteValue> answer;
        try {
            answer = tier.get(keys.get(at), withRemaining, deadlineNanos);
        } catch (RuntimeException | Error e) { // nobody may be left waiting
            answered(at, CompletableFuture.failedFuture(e));
            return;
        }
        var unused = answer.whenComplete((value, failure) -> answered(at, answer));
    }

    private void answered(int at, CompletableFuture<RemoteValue> answer) {
        answers.setPlain(at, answer);
        if (open.decrementAndGet() == 0) {
            List<CompletableFuture<RemoteValue>> all = new ArrayList<>(keys.size());
            for (int i = 0; i < keys.size(); i++) {
                CompletableFuture<RemoteValue> one = answers.getPlain(i);
                if (one != null) {
                    all.add(one);
                }
            }
            done.complete(all);
        }
    }
}
