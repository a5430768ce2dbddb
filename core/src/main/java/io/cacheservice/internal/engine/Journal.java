package io.cacheservice.internal.engine;

import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.journal.JournalFile;
import io.cacheservice.spi.ChangeListener;
import io.cacheservice.spi.RemoteTier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The invalidations that Redis has not accepted: kept, delivered as removals as soon as it does, never as values.
 *
 * <p>Holds at most one item per key and a bounded number in all. While a key is in it, what Redis holds under that key is
 * not to be believed: reads treat it as absent. Lives in memory, and with a file on disk too: then it outlives the process.
 * Safe for use by many threads.
 */
final class Journal {
    private static final int BATCH = 500;
    private static final long MIN_PAUSE_MILLIS = 20;
    private static final long MAX_PAUSE_MILLIS = 500;

    private final RemoteTier tier;
    private final int capacity;
    private final RandomGenerator random;
    private final @Nullable JournalFile file;
    private final ConcurrentHashMap<String, Object> items = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean replaying = new AtomicBoolean();
    /** The round under way goes on where the last batch ended. Touched by the one replay that runs. */
    private Iterator<Map.Entry<String, Object>> round = Collections.emptyIterator();

    private boolean roundFailed;
    private volatile ChangeListener listener = ChangeListener.IGNORED;
    private volatile boolean closed;

    Journal(RemoteTier tier, int capacity, RandomGenerator random) {
        this(tier, capacity, random, null);
    }

    /** @param file where it is kept too; what it holds of before is owed, whatever {@code capacity} says. Closed with this */
    Journal(RemoteTier tier, int capacity, RandomGenerator random, @Nullable JournalFile file) {
        this.tier = tier;
        this.capacity = capacity;
        this.random = random;
        this.file = file;
        if (file != null) {
            file.owed().forEach(key -> items.put(key, new Object()));
            size.set(items.size());
        }
    }

    /** Begins to deliver what is owed since before. */
    void start() {
        if (size.get() > 0 && replaying.compareAndSet(false, true)) {
            after(MIN_PAUSE_MILLIS);
        }
    }

    /**
     * Entries of the cache whose entries end with the epoch under {@code key} may be owed removals from now on. Where some were
     * lost with a damaged file, it is cleared.
     */
    void covers(byte[] key) {
        if (file != null && file.cover(text(key))) {
            addBeyond(key);
        }
    }

    /**
     * Tells {@code who} of each key that is kept from now on, before {@link #add} returns: what was read of it since its
     * change was announced is not to be believed either.
     */
    void onAdded(ChangeListener who) {
        listener = who;
    }

    /** Keeps the invalidation of {@code key}; answers false when the journal is full or closed. */
    boolean add(byte[] key) {
        return add(key, capacity);
    }

    /** As {@link #add} for a key that stands for many, such as an epoch: there is always room for these few. */
    boolean addBeyond(byte[] key) {
        return add(key, Integer.MAX_VALUE);
    }

    private boolean add(byte[] key, int room) {
        boolean[] kept = {true};
        items.compute(text(key), (k, item) -> {
            if (closed) {
                kept[0] = false;
                return item;
            }
            if (item == null && size.incrementAndGet() > room) {
                size.decrementAndGet();
                kept[0] = false;
                return null;
            }
            if (item == null && file != null) {
                file.add(k);
            }
            return new Object();
        });
        if (kept[0]) {
            listener.changed(key);
        }
        if (kept[0] && replaying.compareAndSet(false, true)) {
            after(MIN_PAUSE_MILLIS);
        }
        return kept[0];
    }

    /** Whether the invalidation of {@code key} still waits. */
    boolean holds(byte[] key) {
        return size.get() > 0 && items.containsKey(text(key));
    }

    /** What an accepted write of {@code key} makes needless, if taken before it was sent: see {@link #settled}. */
    Object mark(byte[] key) {
        Object item = size.get() == 0 ? null : items.get(text(key));
        return item == null ? this : item;
    }

    /** A write of {@code key} was accepted that was sent after {@code mark} was taken: that item is done. */
    void settled(byte[] key, Object mark) {
        if (mark != this) {
            items.computeIfPresent(text(key), (k, item) -> item == mark ? done(k) : item);
        }
    }

    /** In one step with its removal: what is added after it must stand behind it in the file. */
    private @Nullable Object done(String key) {
        if (file != null) {
            file.settle(key);
        }
        size.decrementAndGet();
        return null;
    }

    int size() {
        return size.get();
    }

    /** Whether what is owed outlives this process. */
    boolean isOnDisk() {
        return file != null;
    }

    /** Keeps and delivers nothing from now on. */
    void close() {
        closed = true;
    }

    /** Lets go of the file, when nothing that was sent can be answered any more. */
    void closeFile() {
        if (file != null) {
            file.close();
        }
    }

    private void after(long pauseMillis) {
        Executor later = CompletableFuture.delayedExecutor(pauseMillis, TimeUnit.MILLISECONDS);
        later.execute(() -> replay(pauseMillis));
    }

    private void replay(long pauseMillis) {
        if (closed) {
            return;
        }
        if (!round.hasNext()) {
            round = items.entrySet().iterator();
            roundFailed = false;
        }
        List<String> keys = new ArrayList<>();
        List<Object> marks = new ArrayList<>();
        while (round.hasNext() && keys.size() < BATCH) {
            var item = round.next();
            if (items.get(item.getKey())
                    == item.getValue()) { // else settled since the round came by: not to be removed again
                keys.add(item.getKey());
                marks.add(item.getValue());
            }
        }
        List<CompletableFuture<Boolean>> removals;
        try {
            removals = tier.deleteAll(keys.stream().map(Journal::bytes).toList());
        } catch (RuntimeException | Error ofTheTier) { // else nothing would ever be delivered again
            goOn(nextPause(pauseMillis));
            return;
        }
        Futures.onEnd(
                Futures.allDone(removals),
                (nothing, none) -> goOn(pauseAfter(settle(keys, marks, removals), keys.size(), pauseMillis)));
    }

    /** Answers how many of {@code removals} were accepted. */
    private int settle(List<String> keys, List<Object> marks, List<CompletableFuture<Boolean>> removals) {
        int accepted = 0;
        for (int i = 0; i < keys.size(); i++) {
            if (!removals.get(i).isCompletedExceptionally()) {
                settled(bytes(keys.get(i)), marks.get(i));
                accepted++;
            }
        }
        return accepted;
    }

    /** None accepted: Redis is away. Some refused: the others come first, then a pause before these are tried again. */
    private long pauseAfter(int accepted, int asked, long pauseMillis) {
        roundFailed |= accepted < asked;
        boolean nobodyAtHome = accepted == 0 && asked > 0;
        boolean endOfABadRound = roundFailed && !round.hasNext();
        return nobodyAtHome || endOfABadRound ? nextPause(pauseMillis) : 0;
    }

    private void goOn(long pauseMillis) {
        if (size.get() > 0) {
            after(pauseMillis);
            return;
        }
        replaying.set(false);
        // an item added between the two lines above found a replay running
        if (size.get() > 0 && replaying.compareAndSet(false, true)) {
            after(MIN_PAUSE_MILLIS);
        }
    }

    private long nextPause(long pauseMillis) {
        long longest = Math.min(MAX_PAUSE_MILLIS, Math.max(MIN_PAUSE_MILLIS, 2 * pauseMillis));
        return longest / 2 + random.nextLong(longest / 2 + 1);
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
