package io.cacheservice.internal.engine;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.EntryVersion;
import io.cacheservice.ReadOptions;
import io.cacheservice.Reason;
import io.cacheservice.ReplicaReads;
import io.cacheservice.Tier;
import io.cacheservice.TimeSource;
import io.cacheservice.WriteOutcome;
import io.cacheservice.internal.coherence.Copies;
import io.cacheservice.internal.coherence.LocalCopy;
import io.cacheservice.internal.coherence.Token;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.Stamps;
import io.cacheservice.internal.stats.LocalUsage;
import io.cacheservice.spi.RemoteValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the entries of one cache in Redis, and copies of those that were read in this process ({@code
 * internal.coherence}).
 *
 * <p>A read is answered by a usable copy, else by Redis, whose answer is kept. Concurrent reads of one key share one question
 * to Redis: joining it is judged like a local hit, so that nobody gets an answer from before a change that was heard or from
 * longer ago than is allowed. Writes go to Redis; that they end the copies is the business of the tier, which reports each
 * changed key. A written value is not kept: that would be right only if no other write came between, which nobody here
 * knows. Nor is what a load gave, once it is in Redis: the next read asks there, and is told of changes from then on.
 *
 * <p>What Redis did not take is kept for {@code maxStaleness} from the load's start: so while Redis is away, the source is
 * asked once for each key and {@code maxStaleness}.
 */
final class CompositeStore<K, V> implements Store<K, V> {
    private final RemoteStore<K, V> remote;
    private final Copies<K, V> copies;
    private final TimeSource time;
    private final @Nullable LocalOnlyWrites<K, V> localOnly;
    private final ConcurrentHashMap<K, Flight<V>> flights = new ConcurrentHashMap<>();

    /** @param localOnly where writes are that Redis did not take; null: they fail */
    CompositeStore(
            RemoteStore<K, V> remote, Copies<K, V> copies, TimeSource time, @Nullable LocalOnlyWrites<K, V> localOnly) {
        this.localOnly = localOnly;
        this.remote = remote;
        this.copies = copies;
        this.time = time;
    }

    /** One question to Redis. */
    private static final class Flight<V> {
        private final Token token;
        private final long startedNanos;
        private final CompletableFuture<Answer<V>> landing = new CompletableFuture<>();

        Flight(Token token, long startedNanos) {
            this.token = token;
            this.startedNanos = startedNanos;
        }

        boolean mayBeJoined(long nowNanos, long maxStalenessNanos) {
            return !token.isTouched() && nowNanos - startedNanos <= maxStalenessNanos;
        }
    }

    @Override
    public Tier tier() {
        return remote.tier();
    }

    @Override
    public boolean decodesAtOnce() {
        return remote.decodesAtOnce();
    }

    @Override
    public boolean sharesValues() {
        return true;
    }

    @Override
    public @Nullable Entry<V> peek(K key, long nowNanos) {
        LocalOnlyWrites<K, V> here = localOnly;
        if (here != null && here.mayHold(key)) {
            return null; // whoever gets it is told
        }
        LocalCopy<V> copy = copies.peek(key, nowNanos);
        return copy == null || copy.isAbsent() ? null : copy;
    }

    @Override
    public CompletableFuture<Answer<V>> read(K key, boolean withRemaining, Executor decodeOn) {
        Answer<V> held = local(key);
        return held != null ? CompletableFuture.completedFuture(held) : join(key, decodeOn);
    }

    @Override
    public CompletableFuture<Answer<V>> read(K key, boolean withRemaining, ReadOptions options, Executor decodeOn) {
        if (options.replicas() != ReplicaReads.NEVER) {
            return remote.read(key, true, options, decodeOn);
        }
        if (options.isLatest()) {
            Token token = copies.take(remote.redisKey(key));
            return ask(key, token, decodeOn);
        }
        // a copy that is too old for this reader says nothing of what others may have written since
        Answer<V> held = local(key);
        Entry<V> entry = held == null ? null : held.entry();
        return held != null && (entry == null || ReadRequest.accepts(options, entry.asOfNanos(), time))
                ? CompletableFuture.completedFuture(held)
                : join(key, decodeOn);
    }

    private @Nullable Answer<V> local(K key) {
        LocalOnlyWrites<K, V> here = localOnly;
        Entry<V> written = here == null ? null : here.find(key);
        if (written != null) {
            return Answer.of(written, Tier.LOCAL, Reason.LOCAL_ONLY);
        }
        LocalCopy<V> copy = copies.usable(key);
        if (copy == null) {
            return null;
        }
        return copy.isAbsent() ? Answer.none(Tier.LOCAL, Reason.NOT_FOUND) : Answer.found(copy, Tier.LOCAL);
    }

    private CompletableFuture<Answer<V>> join(K key, Executor decodeOn) {
        Token token = copies.take(remote.redisKey(key));
        long now = time.nanoTime();
        Flight<V> mine = new Flight<>(token, now);
        Flight<V> flight = flights.compute(
                key,
                (k, running) ->
                        running != null && running.mayBeJoined(now, copies.maxStalenessNanos()) ? running : mine);
        if (flight != mine) {
            copies.giveBack(token);
            return joined(flight);
        }
        Futures.onEnd(ask(key, token, decodeOn), (answer, failure) -> {
            flights.remove(key, mine);
            Futures.<Answer<V>>copyTo(mine.landing).accept(answer, failure);
        });
        return mine.landing;
    }

    /** A failure is told to each caller by an exception of its own. */
    private CompletableFuture<Answer<V>> joined(Flight<V> flight) {
        return Futures.then(
                flight.landing,
                (answer, failure) -> failure == null ? flight.landing : CompletableFuture.failedFuture(anew(failure)));
    }

    private static Throwable anew(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof CacheTimeoutException late) {
            return new CacheTimeoutException(message, late.outcome(), late.getCause());
        }
        return failure instanceof CacheConnectionException lost
                ? new CacheConnectionException(message, lost.outcome(), lost.getCause(), lost.isLasting())
                : failure;
    }

    private CompletableFuture<Answer<V>> ask(K key, Token token, Executor decodeOn) {
        CompletableFuture<Answer<V>> asked;
        try {
            asked = remote.read(key, true, decodeOn);
        } catch (RuntimeException | Error refused) {
            copies.giveBack(token);
            return CompletableFuture.failedFuture(refused);
        }
        return keeping(key, token, asked);
    }

    /** The answer is kept before anybody gets it. */
    private CompletableFuture<Answer<V>> keeping(K key, Token token, CompletableFuture<Answer<V>> asked) {
        CompletableFuture<Answer<V>> answered = new CompletableFuture<>();
        Futures.onEnd(asked, (answer, failure) -> {
            try {
                if (answer != null) {
                    keep(key, token, answer);
                }
            } catch (RuntimeException | Error e) { // of a key of a user; nobody may be left waiting
                answered.completeExceptionally(e);
            } finally {
                copies.giveBack(token);
            }
            Futures.<Answer<V>>copyTo(answered).accept(answer, failure);
        });
        return answered;
    }

    private void keep(K key, Token token, Answer<V> answer) {
        RemoteValue found = answer.found();
        Entry<V> entry = answer.entry();
        if (found == null || answer.tier() != Tier.REMOTE || (entry == null && !isNothing(answer))) {
            return;
        }
        Entry<V> fallback = answer.fallback();
        // what has expired is not absent: who asks next must find it again, and so must who cannot ask
        Entry<V> there = entry == null ? fallback : entry;
        Entry<V> kept = there == null ? absent(found.sentAtNanos()) : there;
        copies.keep(key, kept, token.keyLength() + kept.bytes(), found.sentAtNanos(), found.proof(), token);
    }

    /** What is void is more than nothing to who loads it: he takes its place. */
    private static boolean isNothing(Answer<?> answer) {
        return answer.reason() == Reason.NOT_FOUND && answer.unusable() == null;
    }

    private static <V> Entry<V> absent(long seenAtNanos) {
        return new Entry<>(
                null, new Entry.Times(seenAtNanos, Entry.FOR_EVER), 0, 0, Entry.Kind.ABSENT, Entry.Notes.NONE, null);
    }

    @Override
    public CompletableFuture<List<CompletableFuture<Answer<V>>>> readAll(
            List<K> keys, boolean withRemaining, Executor decodeOn) {
        List<@Nullable CompletableFuture<Answer<V>>> answers = new ArrayList<>(keys.size());
        List<K> missing = new ArrayList<>();
        for (K key : keys) {
            Answer<V> held = local(key);
            answers.add(held == null ? null : CompletableFuture.completedFuture(held));
            if (held == null) {
                missing.add(key);
            }
        }
        return Futures.map(askAll(missing, decodeOn), asked -> {
            Iterator<CompletableFuture<Answer<V>>> next = asked.iterator();
            List<CompletableFuture<Answer<V>>> all = new ArrayList<>(keys.size());
            for (CompletableFuture<Answer<V>> answer : answers) {
                all.add(answer == null ? next.next() : answer);
            }
            return all;
        });
    }

    private static Throwable unknown(@Nullable Throwable failure) {
        return failure == null ? new IllegalStateException("no answers") : failure;
    }

    private CompletableFuture<List<CompletableFuture<Answer<V>>>> askAll(List<K> keys, Executor decodeOn) {
        List<Token> tokens = new ArrayList<>(keys.size());
        CompletableFuture<List<CompletableFuture<Answer<V>>>> asked;
        try {
            for (K key : keys) {
                tokens.add(copies.take(remote.redisKey(key)));
            }
            asked = remote.readAll(keys, true, decodeOn);
        } catch (RuntimeException | Error refused) {
            tokens.forEach(copies::giveBack);
            throw refused;
        }
        return Futures.then(asked, (found, failure) -> {
            List<CompletableFuture<Answer<V>>> answers = new ArrayList<>(keys.size());
            for (int i = 0; i < keys.size(); i++) {
                answers.add(keeping(
                        keys.get(i),
                        tokens.get(i),
                        found == null ? CompletableFuture.failedFuture(unknown(failure)) : found.get(i)));
            }
            return CompletableFuture.completedFuture(answers);
        });
    }

    @Override
    public CompletableFuture<Claim> claim(K key, Wanted wanted) {
        return remote.claim(key, wanted);
    }

    @Override
    public @Nullable Entry<V> fallback(K key) {
        return copies.fallback(key);
    }

    @Override
    public CompletableFuture<@Nullable Filling<V>> fill(K key, Draft<V> draft, Claim.Granted granted) {
        return Futures.map(
                remote.sealedLoad(key, draft, granted),
                ready -> ready == null
                        ? null
                        : new Filling<V>() {
                            @Override
                            public CompletableFuture<Entry<V>> begin() {
                                return remote.fill(ready, granted.lease());
                            }

                            @Override
                            public void keep(Entry<V> unstored) {
                                keepLoaded(key, ready.where(), unstored, ready.size());
                            }
                        });
    }

    @Override
    public Runnable keepUnstored(K key, Entry<V> unstored) {
        Sealing.Unstored place = remote.unstored(key, unstored);
        return () -> keepLoaded(key, place.where(), unstored, place.size());
    }

    /**
     * Called where no write of the key has begun since the load did. The token is taken after the store's own write has
     * failed, which touched the one before; a write that comes later touches this one too, before its caller is answered.
     */
    private void keepLoaded(K key, byte[] where, Entry<V> entry, int size) {
        Token token = copies.take(where);
        try {
            copies.keep(key, entry, size, entry.asOfNanos(), null, token);
            if (localOnly != null) {
                localOnly.drop(key); // the load began after it was written
            }
        } finally {
            copies.giveBack(token);
        }
    }

    @Override
    public CompletableFuture<WriteOutcome> renew(K key, long millis) {
        return remote.renew(key, millis);
    }

    @Override
    public CompletableFuture<Hold<V>> hold(K key, long millis) {
        return remote.hold(key, millis);
    }

    @Override
    public @Nullable Stamps sinceNow() {
        return remote.sinceNow();
    }

    @Override
    public CompletableFuture<Boolean> stillHolds(Entry<V> entry) {
        return remote.stillHolds(entry);
    }

    @Override
    public CompletableFuture<WriteOutcome> invalidateTag(String tag) {
        return remote.invalidateTag(tag);
    }

    @Override
    public CompletableFuture<WriteOutcome> clear() {
        return remote.clear();
    }

    @Override
    public CompletableFuture<WriteOutcome> expire(K key) {
        return remote.expire(key);
    }

    @Override
    public CompletableFuture<Entry<V>> write(K key, Draft<V> draft) {
        return remote.write(key, draft);
    }

    @Override
    public List<CompletableFuture<Entry<V>>> writeAll(List<K> keys, List<Draft<V>> drafts) {
        return remote.writeAll(keys, drafts);
    }

    @Override
    public CompletableFuture<WriteOutcome> delete(K key) {
        return remote.delete(key);
    }

    @Override
    public List<CompletableFuture<WriteOutcome>> deleteAll(List<K> keys) {
        return remote.deleteAll(keys);
    }

    @Override
    public CompletableFuture<Boolean> writeIfAbsent(K key, Draft<V> draft) {
        return remote.writeIfAbsent(key, draft);
    }

    @Override
    public CompletableFuture<Boolean> replace(K key, EntryVersion seen, Draft<V> draft) {
        return remote.replace(key, seen, draft);
    }

    @Override
    public CompletableFuture<Boolean> delete(K key, EntryVersion seen) {
        return remote.delete(key, seen);
    }

    @Override
    public CompletableFuture<Answer<V>> getAndDelete(K key) {
        return remote.getAndDelete(key);
    }

    @Override
    public CompletableFuture<Long> increment(K key, long delta, long ttlMillisIfNew) {
        return remote.increment(key, delta, ttlMillisIfNew);
    }

    @Override
    public LocalUsage localUsage() {
        copies.map().cleanUp();
        return new LocalUsage(
                copies.map().size(), copies.map().bytes(), copies.tier().boundBytes());
    }
}
