package io.cacheservice.internal.engine;

import io.cacheservice.CacheException;
import io.cacheservice.CacheSerializationException;
import io.cacheservice.EntryVersion;
import io.cacheservice.Reason;
import io.cacheservice.Tier;
import io.cacheservice.TimeSource;
import io.cacheservice.WriteOutcome;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.LocalMap;
import io.cacheservice.internal.local.LocalTier;
import io.cacheservice.internal.local.RefreshedEntry;
import io.cacheservice.internal.local.Stamps;
import io.cacheservice.internal.stats.LocalUsage;
import io.cacheservice.internal.tags.Epochs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Keeps the entries of one cache in this process's memory, as the tier of record. Every answer is complete at once. */
final class LocalStore<K, V> implements Store<K, V> {
    private final LocalTier tier;
    private final LocalMap<K, V> map;
    private final TimeSource time;
    private final RandomGenerator random;
    private final Sizing<K, V> sizing;
    private final long fallbackMillis;
    private final @Nullable Epochs epochs;
    private final Runnable leftUnread;

    /**
     * @param fallbackMillis how long an entry may serve as a fallback once it has expired
     * @param leftUnread see {@link RefreshedEntry}
     * @param epochs of its tags; null: it has none, and cannot be cleared
     */
    LocalStore(
            LocalTier tier,
            LocalMap<K, V> map,
            TimeSource time,
            RandomGenerator random,
            Sizing<K, V> sizing,
            long fallbackMillis,
            Runnable leftUnread,
            @Nullable Epochs epochs) {
        this.leftUnread = leftUnread;
        this.epochs = epochs;
        this.fallbackMillis = fallbackMillis;
        this.tier = tier;
        this.map = map;
        this.time = time;
        this.random = random;
        this.sizing = sizing;
    }

    @Override
    public Tier tier() {
        return Tier.LOCAL;
    }

    @Override
    public boolean decodesAtOnce() {
        return true;
    }

    @Override
    public boolean sharesValues() {
        return true;
    }

    @Override
    public @Nullable Entry<V> peek(K key, long nowNanos) {
        Entry<V> entry = map.get(key, nowNanos);
        return entry == null || isUsable(entry, nowNanos) ? entry : null;
    }

    /** What has expired is still in the map: it may serve as a fallback, or nothing was written since. */
    private static boolean isUsable(Entry<?> entry, long nowNanos) {
        return !isVoid(entry) && entry.isFresh(nowNanos);
    }

    private boolean isUsable(Entry<V> entry) {
        return isUsable(entry, time.nanoTime());
    }

    private static boolean isVoid(Entry<?> entry) {
        Stamps shared = entry.stamps();
        return shared != null && !shared.hold(0);
    }

    private @Nullable Entry<V> usable(@Nullable Entry<V> entry) {
        return entry == null || !isUsable(entry) ? null : entry;
    }

    @Override
    public CompletableFuture<Answer<V>> read(K key, boolean withRemaining, Executor decodeOn) {
        long now = time.nanoTime();
        Entry<V> entry = map.get(key, now);
        if (entry != null && !entry.isFallback(now)) {
            map.dropExpired(key);
            entry = null;
        }
        return CompletableFuture.completedFuture(answer(entry));
    }

    @Override
    public CompletableFuture<List<CompletableFuture<Answer<V>>>> readAll(
            List<K> keys, boolean withRemaining, Executor decodeOn) {
        List<CompletableFuture<Answer<V>>> answers = new ArrayList<>(keys.size());
        for (K key : keys) {
            answers.add(read(key, withRemaining, decodeOn));
        }
        return Futures.whenDone(answers);
    }

    @Override
    public CompletableFuture<Claim> claim(K key, Wanted wanted) {
        return epochs == null
                ? CompletableFuture.completedFuture(new Claim.Granted(null, null))
                : Futures.map(epochs.mark(true), mark -> new Claim.Granted(null, mark));
    }

    @Override
    public CompletableFuture<@Nullable Filling<V>> fill(K key, Draft<V> draft, Claim.Granted granted) {
        Entry<V> entry = toEntry(key, draft);
        Epochs.Mark mark = granted.mark();
        if (epochs == null || mark == null) {
            return CompletableFuture.completedFuture(() -> atOnce(() -> putLoaded(key, entry, draft)));
        }
        return Futures.map(
                epochs.ofLoad(mark, draft.tags()),
                stamping -> stamping == null
                        ? null
                        : () -> atOnce(() -> putLoaded(key, entry.with(stamping.stamps()), draft)));
    }

    private Entry<V> putLoaded(K key, Entry<V> entry, Draft<V> draft) {
        return put(key, draft.isRefreshed() ? new RefreshedEntry<>(entry, leftUnread) : entry);
    }

    /** Every epoch of this process is here, so it is known at once. */
    private @Nullable Stamps ofWrite(Draft<V> draft) {
        return epochs == null
                ? null
                : Futures.await(epochs.ofWrite(draft.tags())).stamps();
    }

    @Override
    public CompletableFuture<WriteOutcome> renew(K key, long millis) {
        return atOnce(() -> {
            long now = time.nanoTime();
            map.update(
                    key,
                    before -> before == null || !isUsable(before)
                            ? before
                            : before.withLife(now + TimeUnit.MILLISECONDS.toNanos(millis), random.nextLong()));
            return WriteOutcome.APPLIED;
        });
    }

    /** Who may fill it, and that nobody loads it meanwhile, is known to {@link Flights}. */
    @Override
    public CompletableFuture<Hold<V>> hold(K key, long millis) {
        map.remove(key);
        return CompletableFuture.completedFuture(draft -> Futures.map(write(key, draft), entry -> true));
    }

    @Override
    public CompletableFuture<WriteOutcome> invalidateTag(String tag) {
        return Futures.map(required(epochs).invalidateTag(tag), done -> WriteOutcome.APPLIED);
    }

    @Override
    public CompletableFuture<WriteOutcome> clear() {
        return Futures.map(required(epochs).clear(), done -> {
            map.removeAll();
            return WriteOutcome.APPLIED;
        });
    }

    private static Epochs required(@Nullable Epochs epochs) {
        if (epochs == null) {
            throw new UnsupportedOperationException("the byte entries have no tags");
        }
        return epochs;
    }

    @Override
    public CompletableFuture<WriteOutcome> expire(K key) {
        return atOnce(() -> {
            map.update(
                    key,
                    before -> before == null || !before.isFresh(time.nanoTime())
                            ? before
                            : before.withLife(time.nanoTime(), random.nextLong()));
            return WriteOutcome.APPLIED;
        });
    }

    @Override
    public CompletableFuture<Entry<V>> write(K key, Draft<V> draft) {
        return atOnce(() -> put(key, stamped(key, draft)));
    }

    private Entry<V> put(K key, Entry<V> entry) {
        map.put(key, entry);
        return entry;
    }

    @Override
    public List<CompletableFuture<Entry<V>>> writeAll(List<K> keys, List<Draft<V>> drafts) {
        List<CompletableFuture<Entry<V>>> outcomes = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            outcomes.add(write(keys.get(i), drafts.get(i)));
        }
        return outcomes;
    }

    @Override
    public CompletableFuture<WriteOutcome> delete(K key) {
        map.remove(key);
        return CompletableFuture.completedFuture(WriteOutcome.APPLIED);
    }

    @Override
    public List<CompletableFuture<WriteOutcome>> deleteAll(List<K> keys) {
        return keys.stream().map(this::delete).toList();
    }

    @Override
    public CompletableFuture<Boolean> writeIfAbsent(K key, Draft<V> draft) {
        return atOnce(() -> {
            Entry<V> entry = stamped(key, draft);
            Holder<Boolean> stored = new Holder<>(false);
            map.update(key, before -> {
                stored.set(usable(before) == null);
                return stored.get() ? entry : before;
            });
            return stored.get();
        });
    }

    @Override
    public CompletableFuture<Boolean> replace(K key, EntryVersion seen, Draft<V> draft) {
        return atOnce(() -> {
            Entry<V> entry = stamped(key, draft);
            Holder<Boolean> stored = new Holder<>(false);
            map.update(key, before -> {
                stored.set(isUsable(before, seen));
                return stored.get() ? entry : before;
            });
            return stored.get();
        });
    }

    @Override
    public CompletableFuture<Boolean> delete(K key, EntryVersion seen) {
        return atOnce(() -> {
            Holder<Boolean> removed = new Holder<>(false);
            map.update(key, before -> {
                removed.set(isUsable(before, seen));
                return removed.get() ? null : before;
            });
            return removed.get();
        });
    }

    private boolean isUsable(@Nullable Entry<V> entry, EntryVersion version) {
        return entry != null && isUsable(entry) && version.equals(entry.version());
    }

    @Override
    public CompletableFuture<Answer<V>> getAndDelete(K key) {
        return CompletableFuture.completedFuture(answer(usable(map.remove(key))));
    }

    @Override
    public CompletableFuture<Long> increment(K key, long delta, long ttlMillisIfNew) {
        return atOnce(() -> {
            Holder<Long> sum = new Holder<>(delta);
            map.update(key, found -> {
                Entry<V> before = usable(found);
                long now = time.nanoTime();
                long count = before == null ? delta : Counters.add(key, before, delta);
                sum.set(count);
                long end = before == null ? deadline(now, ttlMillisIfNew) : before.freshUntilNanos();
                V text = sizing.counterText(Long.toString(count).getBytes(StandardCharsets.US_ASCII));
                return new Entry<>(
                        text,
                        new Entry.Times(now, end),
                        random.nextLong(),
                        sizing.bytes(key, text),
                        Entry.Kind.COUNTER,
                        Entry.Notes.NONE,
                        null);
            });
            return sum.get();
        });
    }

    @Override
    public LocalUsage localUsage() {
        map.cleanUp();
        return new LocalUsage(map.size(), map.bytes(), tier.boundBytes());
    }

    private Answer<V> answer(@Nullable Entry<V> entry) {
        if (entry == null || isVoid(entry)) {
            return Answer.none(Tier.LOCAL, Reason.NOT_FOUND);
        }
        return isUsable(entry) ? Answer.found(entry, Tier.LOCAL) : Answer.expired(entry, Tier.LOCAL, null);
    }

    private Entry<V> toEntry(K key, Draft<V> draft) {
        return new Entry<>(
                draft.value(),
                draft.times(time.nanoTime(), fallbackMillis),
                random.nextLong(),
                sizing.bytes(key, draft.value()),
                Entry.Kind.VALUE,
                draft.notes(),
                null);
    }

    private Entry<V> stamped(K key, Draft<V> draft) {
        return toEntry(key, draft).with(ofWrite(draft));
    }

    private static long deadline(long nowNanos, long ttlMillis) {
        return ttlMillis == Draft.FOR_EVER ? Entry.FOR_EVER : nowNanos + TimeUnit.MILLISECONDS.toNanos(ttlMillis);
    }

    /** Runs a write that completes here, its error included. */
    private static <T> CompletableFuture<T> atOnce(Supplier<T> write) {
        try {
            return CompletableFuture.completedFuture(write.get());
        } catch (CacheException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** How much an entry counts, and what the text of a counter is as a value. */
    interface Sizing<K, V> {
        /**
         * Bytes that an entry counts.
         *
         * @throws CacheSerializationException when the value cannot be encoded
         */
        int bytes(K key, @Nullable V value);

        /** The decimal text of a counter as a value of this cache. */
        V counterText(byte[] decimal);
    }

    private static final class Holder<T> {
        private T value;

        Holder(T value) {
            this.value = value;
        }

        T get() {
            return value;
        }

        void set(T value) {
            this.value = value;
        }
    }
}
