package io.cacheservice.internal.engine;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.EntryVersion;
import io.cacheservice.Reason;
import io.cacheservice.Tier;
import io.cacheservice.TimeSource;
import io.cacheservice.WriteOutcome;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.stats.LocalUsage;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the entries of one cache in Redis; nothing in this process.
 *
 * <p>An invalidation that Redis did not accept is journaled when the key has a source, and so is the removal that makes a
 * failed write harmless; without a source there is nothing to load a removed value from, and the call just fails.
 */
final class RemoteStore<K, V> implements Store<K, V> {
    private final RemoteTier tier;
    private final Journal journal;
    private final Function<K, byte[]> redisKey;
    private final Encoding<V> encoding;
    private final Framing<V> framing;
    private final Predicate<K> hasSource;
    private final TimeSource time;
    private final RandomGenerator random;

    RemoteStore(
            Remote remote,
            Function<K, byte[]> redisKey,
            Encoding<V> encoding,
            Framing<V> framing,
            Predicate<K> hasSource,
            Seams seams) {
        this.tier = remote.tier();
        this.journal = remote.journal();
        this.redisKey = redisKey;
        this.encoding = encoding;
        this.framing = framing;
        this.hasSource = hasSource;
        this.time = seams.time();
        this.random = seams.random();
    }

    /**
     * Redis and what it has not accepted.
     *
     * @param tier Redis
     * @param journal the invalidations it has not accepted
     */
    record Remote(RemoteTier tier, Journal journal) {}

    @Override
    public Tier tier() {
        return Tier.REMOTE;
    }

    @Override
    public @Nullable Entry<V> peek(K key) {
        return null;
    }

    @Override
    public CompletableFuture<Answer<V>> read(K key, boolean withRemaining) {
        byte[] where = redisKey.apply(key);
        return journal.holds(where)
                ? notBelieved()
                : judged(where, tier.get(where, withRemaining || framing.alwaysNeedsRemaining()));
    }

    @Override
    public List<CompletableFuture<Answer<V>>> readAll(List<K> keys, boolean withRemaining) {
        List<byte[]> where = keys.stream().map(redisKey).toList();
        // before Redis is asked: an item that is settled meanwhile may be settled by what came after our reads
        List<Boolean> journaled = where.stream().map(journal::holds).toList();
        List<CompletableFuture<RemoteValue>> found =
                tier.getAll(where, withRemaining || framing.alwaysNeedsRemaining());
        List<CompletableFuture<Answer<V>>> answers = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            answers.add(journaled.get(i) ? notBelieved() : judged(where.get(i), found.get(i)));
        }
        return answers;
    }

    private CompletableFuture<Answer<V>> judged(byte[] where, CompletableFuture<RemoteValue> found) {
        CompletableFuture<Answer<V>> judged = new CompletableFuture<>();
        Futures.onEnd(found, (value, failure) -> {
            if (value == null) {
                judged.completeExceptionally(failure == null ? new IllegalStateException("no value") : failure);
                return;
            }
            Answer<V> answer;
            try {
                answer = framing.decode(value);
            } catch (Throwable brokenCodec) { // nobody may be left waiting
                judged.completeExceptionally(brokenCodec);
                return;
            }
            if (answer != null) {
                judged.complete(answer);
            } else {
                Futures.onEnd(judged(where, tier.get(where, true)), Futures.copyTo(judged));
            }
        });
        return judged;
    }

    private CompletableFuture<Answer<V>> notBelieved() {
        return CompletableFuture.completedFuture(Answer.none(Tier.REMOTE, Reason.NOT_FOUND));
    }

    @Override
    public CompletableFuture<Entry<V>> write(K key, Draft<V> draft) {
        return writeAll(List.of(key), List.of(draft)).get(0);
    }

    @Override
    public List<CompletableFuture<Entry<V>>> writeAll(List<K> keys, List<Draft<V>> drafts) {
        List<CompletableFuture<Entry<V>>> outcomes = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            outcomes.add(writeOne(keys.get(i), drafts.get(i)));
        }
        return outcomes;
    }

    private CompletableFuture<Entry<V>> writeOne(K key, Draft<V> draft) {
        byte[] where = redisKey.apply(key);
        long entryId = random.nextLong();
        byte[] bytes;
        try {
            bytes = framing.encode(draft, encoding.encode(key, draft.value()), entryId);
        } catch (CacheException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        if (bytes == null) {
            return CompletableFuture.completedFuture(toEntry(draft, entryId, 0, Entry.Kind.UNSTORED));
        }
        Object mark = journal.mark(where);
        return Futures.then(tier.set(where, bytes, draft.ttlMillis()), (nothing, failure) -> {
            if (failure == null) {
                journal.settled(where, mark);
                return CompletableFuture.completedFuture(toEntry(draft, entryId, bytes.length, Entry.Kind.VALUE));
            }
            if (hasSource.test(key) && isAboutDelivery(failure)) {
                journal.add(where);
            }
            return CompletableFuture.failedFuture(failure);
        });
    }

    @Override
    public CompletableFuture<WriteOutcome> delete(K key) {
        byte[] where = redisKey.apply(key);
        return removed(key, where, journal.mark(where), tier.delete(where));
    }

    @Override
    public List<CompletableFuture<WriteOutcome>> deleteAll(List<K> keys) {
        List<byte[]> where = keys.stream().map(redisKey).toList();
        List<Object> marks = where.stream().map(journal::mark).toList();
        List<CompletableFuture<Boolean>> removals = tier.deleteAll(where);
        List<CompletableFuture<WriteOutcome>> outcomes = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            outcomes.add(removed(keys.get(i), where.get(i), marks.get(i), removals.get(i)));
        }
        return outcomes;
    }

    private CompletableFuture<WriteOutcome> removed(
            K key, byte[] where, Object mark, CompletableFuture<Boolean> removal) {
        return Futures.then(removal, (wasThere, failure) -> {
            if (failure == null) {
                journal.settled(where, mark);
                return CompletableFuture.completedFuture(WriteOutcome.APPLIED);
            }
            if (hasSource.test(key) && isAboutDelivery(failure) && journal.add(where)) {
                return CompletableFuture.completedFuture(WriteOutcome.QUEUED);
            }
            return CompletableFuture.failedFuture(failure);
        });
    }

    @Override
    public CompletableFuture<Boolean> writeIfAbsent(K key, Draft<V> draft) {
        return conditional(key, draft, (where, bytes) -> tier.setIfAbsent(where, bytes, draft.ttlMillis()));
    }

    @Override
    public CompletableFuture<Boolean> replace(K key, EntryVersion seen, Draft<V> draft) {
        return conditional(key, draft, (where, bytes) -> tier.replace(where, seen, bytes, draft.ttlMillis()));
    }

    private CompletableFuture<Boolean> conditional(K key, Draft<V> draft, ConditionalWrite write) {
        try {
            byte[] bytes = framing.encode(draft, encoding.encode(key, draft.value()), random.nextLong());
            return bytes == null ? CompletableFuture.completedFuture(false) : write.write(redisKey.apply(key), bytes);
        } catch (CacheException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @FunctionalInterface
    private interface ConditionalWrite {
        CompletableFuture<Boolean> write(byte[] where, byte[] bytes);
    }

    @Override
    public CompletableFuture<Answer<V>> getAndDelete(K key) {
        byte[] where = redisKey.apply(key);
        return afterJournaled(where, () -> judged(where, tier.getAndDelete(where)));
    }

    @Override
    public CompletableFuture<Long> increment(K key, long delta, long ttlMillisIfNew) {
        byte[] where = redisKey.apply(key);
        return afterJournaled(where, () -> tier.increment(where, delta, ttlMillisIfNew));
    }

    /** What looks at the stored entry must not see one whose removal still waits: that is delivered first. */
    private <T> CompletableFuture<T> afterJournaled(byte[] where, Supplier<CompletableFuture<T>> call) {
        if (!journal.holds(where)) {
            return call.get();
        }
        Object mark = journal.mark(where);
        return Futures.then(tier.delete(where), (wasThere, failure) -> {
            if (failure != null) {
                return CompletableFuture.failedFuture(failure);
            }
            journal.settled(where, mark);
            return call.get();
        });
    }

    @Override
    public LocalUsage localUsage() {
        return LocalUsage.NONE;
    }

    private Entry<V> toEntry(Draft<V> draft, long entryId, int bytes, Entry.Kind kind) {
        long end = draft.ttlMillis() == Draft.FOR_EVER
                ? Entry.FOR_EVER
                : time.nanoTime() + TimeUnit.MILLISECONDS.toNanos(draft.ttlMillis());
        return new Entry<>(draft.value(), draft.asOfNanos(), end, entryId, bytes, kind, draft.contentType(), null);
    }

    /** Whether Redis may yet have to hear of the key, as opposed to a refusal that changed nothing anywhere. */
    private static boolean isAboutDelivery(Throwable failure) {
        return failure instanceof CacheConnectionException || failure instanceof CacheTimeoutException;
    }
}
