package io.cacheservice.internal.engine;

import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheException;
import io.cacheservice.EntryVersion;
import io.cacheservice.ReadOptions;
import io.cacheservice.Reason;
import io.cacheservice.ReplicaReads;
import io.cacheservice.Tier;
import io.cacheservice.TimeSource;
import io.cacheservice.WriteOutcome;
import io.cacheservice.internal.engine.Sealing.Packed;
import io.cacheservice.internal.engine.Sealing.Sealed;
import io.cacheservice.internal.futures.Delivery;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.Stamps;
import io.cacheservice.internal.stats.LocalUsage;
import io.cacheservice.internal.tags.Epochs;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
    private final RemoteTier sole;
    private final Journal journal;
    private final Sealing<K, V> sealing;
    private final Framing<V> framing;
    private final Predicate<K> hasSource;
    private final TimeSource time;
    private final RandomGenerator random;
    private final Executor executor;
    private final int maxBatch;
    private final @Nullable Epochs epochs;
    private final @Nullable Restamping<K, V> restamping;
    private final int maxPayloadBytes;
    private final Claims claims;
    private final Judging<V> judging;
    private final JournaledKeys<K> journaled;
    private @Nullable LocalOnlyWrites<K, V> localOnly;

    /**
     * @param claims asks for leases
     * @param epochs that the entries carry; null: they have no tags and cannot be cleared
     * @param dictionaries that values may be compressed with; null: none
     */
    RemoteStore(
            Remote remote,
            Claims claims,
            @Nullable Epochs epochs,
            Sealing<K, V> sealing,
            Framing<V> framing,
            @Nullable Dictionaries dictionaries,
            Predicate<K> hasSource,
            int maxPayloadBytes,
            Seams seams) {
        this.maxPayloadBytes = maxPayloadBytes;
        this.epochs = epochs;
        this.claims = claims;
        this.tier = remote.tier();
        this.sole = tier.sole();
        this.journal = remote.journal();
        this.sealing = sealing;
        this.framing = framing;
        this.hasSource = hasSource;
        this.time = seams.time();
        this.random = seams.random();
        this.executor = seams.executor();
        this.maxBatch = remote.maxBatch();
        this.judging = new Judging<>(framing, epochs, dictionaries, time);
        this.journaled = new JournaledKeys<>(tier, journal, remote.losses(), hasSource, epochs);
        this.restamping = epochs == null ? null : new Restamping<>(tier, epochs, sealing, time);
    }

    /**
     * Redis and what it has not accepted.
     *
     * @param tier Redis
     * @param journal the invalidations it has not accepted
     * @param losses what it has accepted and may forget
     * @param maxBatch keys of one batch that wait for an answer at once
     */
    record Remote(RemoteTier tier, Journal journal, Losses losses, int maxBatch) {
        private static final System.Logger LOG = System.getLogger(RemoteStore.class.getName());

        /** Says what is owed and lost, or kept on disk. */
        void close() {
            journal.close();
            tier.close();
            int owed = journal.size();
            journal.closeFile();
            if (owed > 0) {
                LOG.log(
                        journal.isOnDisk() ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
                        "closed with {0} invalidations that Redis has not accepted"
                                + (journal.isOnDisk() ? "; they stay in journalFile" : ""),
                        owed);
            }
        }
    }

    @Override
    public Tier tier() {
        return Tier.REMOTE;
    }

    @Override
    public boolean decodesAtOnce() {
        return framing.decodesAtOnce();
    }

    @Override
    public boolean sharesValues() {
        return false;
    }

    @Override
    public @Nullable Entry<V> peek(K key, long nowNanos) {
        return null;
    }

    /** Where {@code key} is in Redis. */
    byte[] redisKey(K key) {
        return sealing.where(key);
    }

    @Override
    public CompletableFuture<Answer<V>> read(K key, boolean withRemaining, Executor decodeOn) {
        byte[] where = sealing.where(key);
        return journal.holds(where)
                ? notBelieved()
                : judging.judged(
                        tierOf(key),
                        where,
                        tierOf(key).get(where, withRemaining || judging.needsRemaining()),
                        decodeOn);
    }

    @Override
    public CompletableFuture<Answer<V>> read(K key, boolean withRemaining, ReadOptions options, Executor decodeOn) {
        if (options.replicas() == ReplicaReads.NEVER) {
            return read(key, withRemaining, decodeOn);
        }
        byte[] where = sealing.where(key);
        return journal.holds(where)
                ? notBelieved()
                : judging.judged(tierOf(key), where, tierOf(key).get(where, true, options.replicas()), decodeOn);
    }

    @Override
    public CompletableFuture<List<CompletableFuture<Answer<V>>>> readAll(
            List<K> keys, boolean withRemaining, Executor decodeOn) {
        List<byte[]> where = new ArrayList<>(keys.size());
        for (K key : keys) {
            where.add(sealing.where(key));
        }
        return keys.size() <= maxBatch
                ? readPiece(keys, where, withRemaining, decodeOn)
                : Pieces.ask(
                        where.size(),
                        maxBatch,
                        (from, to) ->
                                readPiece(keys.subList(from, to), where.subList(from, to), withRemaining, decodeOn));
    }

    private CompletableFuture<List<CompletableFuture<Answer<V>>>> readPiece(
            List<K> keys, List<byte[]> where, boolean withRemaining, Executor decodeOn) {
        // before Redis is asked: an item that is settled meanwhile may be settled by what came after our reads
        boolean[] areJournaled = new boolean[keys.size()];
        for (int i = 0; i < areJournaled.length; i++) {
            areJournaled[i] = journal.holds(where.get(i));
        }
        CompletableFuture<List<CompletableFuture<Answer<V>>>> judged = new CompletableFuture<>();
        Futures.onEnd(askAll(keys, where, withRemaining), (found, failure) -> {
            if (found == null) {
                judged.completeExceptionally(failure == null ? new IllegalStateException("no answers") : failure);
            } else {
                // so much work is the reader's, and not that of a thread on which others wait for their replies
                HandOver.run(decodeOn, () -> {
                    try {
                        Futures.onEnd(judged(keys, where, areJournaled, found, decodeOn), Futures.copyTo(judged));
                    } catch (RuntimeException | Error e) { // nobody may be left waiting
                        judged.completeExceptionally(e);
                    }
                });
            }
        });
        return judged;
    }

    private CompletableFuture<List<CompletableFuture<Answer<V>>>> judged(
            List<K> keys,
            List<byte[]> where,
            boolean[] areJournaled,
            List<CompletableFuture<RemoteValue>> found,
            Executor decodeOn) {
        List<CompletableFuture<Answer<V>>> answers = new ArrayList<>(keys.size());
        for (int i = 0; i < areJournaled.length; i++) {
            CompletableFuture<RemoteValue> one = found.get(i);
            RemoteTier asked = tierOf(keys.get(i));
            if (areJournaled[i]) {
                answers.add(notBelieved());
            } else {
                answers.add(
                        one.isCompletedExceptionally()
                                ? judging.judged(asked, where.get(i), one, decodeOn)
                                : judging.judgedHere(asked, where.get(i), one.join(), decodeOn));
            }
        }
        return Futures.whenDone(answers);
    }

    private CompletableFuture<List<CompletableFuture<RemoteValue>>> askAll(
            List<K> keys, List<byte[]> where, boolean withRemaining) {
        boolean wanted = withRemaining || judging.needsRemaining();
        if (sole == tier) {
            return tier.getAll(where, wanted);
        }
        List<CompletableFuture<RemoteValue>> found = new ArrayList<>(where.size());
        for (int i = 0; i < where.size(); i++) {
            found.add(tierOf(keys.get(i)).get(where.get(i), wanted));
        }
        return Futures.whenDone(found);
    }

    private RemoteTier tierOf(K key) {
        return sole == tier || hasSource.test(key) ? tier : sole;
    }

    private CompletableFuture<Answer<V>> notBelieved() {
        return CompletableFuture.completedFuture(Answer.none(Tier.REMOTE, Reason.NOT_FOUND));
    }

    @Override
    public CompletableFuture<Claim> claim(K key, Wanted wanted) {
        byte[] where = sealing.where(key);
        if (!framing.knowsLeases()) {
            return CompletableFuture.completedFuture(new Claim.Granted(null, null));
        }
        // what was owed and could not be delivered now stands in the way of storing anything
        return Futures.then(
                journaled.afterDelivery(where, () -> marked(claims.claim(where, wanted))),
                (claim, failure) -> claim == null && !(failure instanceof CacheException)
                        ? CompletableFuture.failedFuture(
                                failure == null ? new IllegalStateException("no claim") : failure)
                        : CompletableFuture.completedFuture(claim == null ? new Claim.Unreachable() : claim));
    }

    /** A load begins only once it is known by what its result is to be judged. */
    private CompletableFuture<Claim> marked(CompletableFuture<Claim> claim) {
        if (epochs == null) {
            return claim;
        }
        CompletableFuture<Epochs.Mark> mark = epochs.mark(true);
        return Futures.then(claim, (answer, failure) -> {
            if (answer instanceof Claim.Granted granted) {
                return Futures.then(mark, (known, unknown) -> {
                    if (known == null) {
                        var unused = Claims.release(granted.lease(), random, 0);
                        return CompletableFuture.completedFuture(new Claim.Unreachable());
                    }
                    return CompletableFuture.completedFuture(new Claim.Granted(granted.lease(), known));
                });
            }
            return claim;
        });
    }

    @Override
    public CompletableFuture<@Nullable Filling<V>> fill(K key, Draft<V> draft, Claim.Granted granted) {
        return Futures.map(
                sealedLoad(key, draft, granted), ready -> ready == null ? null : () -> fill(ready, granted.lease()));
    }

    /** The result of a load, ready to be stored; null where it must not be, for something was invalidated meanwhile. */
    CompletableFuture<@Nullable Sealed<K, V>> sealedLoad(K key, Draft<V> draft, Claim.Granted granted) {
        Packed<K, V> packed = sealing.packed(key, draft, true);
        Epochs.Mark mark = granted.mark();
        if (epochs == null || mark == null) {
            return CompletableFuture.completedFuture(sealing.sealed(packed, null));
        }
        return Futures.map(
                epochs.ofLoad(mark, draft.tags()),
                stamping -> stamping == null ? null : sealing.sealed(packed, stamping));
    }

    /** Sends what a load gave; without a lease its late arrival could undo what came meanwhile, so that is made good. */
    CompletableFuture<Entry<V>> fill(Sealed<K, V> sealed, @Nullable Lease lease) {
        byte[] bytes = sealed.bytes();
        if (lease == null || bytes == null) {
            return Futures.map(send(sealed, Delivery::mayHaveBeenApplied), this::stored);
        }
        return Futures.map(
                lease.fill(bytes, sealed.pxMillis()),
                isStored -> isStored ? stored(sealed) : sealing.entry(sealed, 0, Entry.Kind.UNSTORED));
    }

    /** In format RAW nothing can stand under a key but values: it is only removed. */
    @Override
    public CompletableFuture<Hold<V>> hold(K key, long millis) {
        byte[] where = sealing.where(key);
        if (!framing.knowsLeases()) {
            return Futures.map(delete(key), removed -> draft -> CompletableFuture.completedFuture(false));
        }
        Object mark = journal.mark(where);
        Lease lease = claims.seizure(where, millis);
        return Futures.map(lease.take(), taken -> {
            journaled.accepted(key, where, mark);
            return draft -> stamped(sealing.packed(key, draft, true), ready -> {
                byte[] bytes = ready.bytes();
                return bytes == null ? CompletableFuture.completedFuture(false) : lease.fill(bytes, ready.pxMillis());
            });
        });
    }

    @Override
    public @Nullable Stamps sinceNow() {
        return epochs == null ? null : epochs.sinceNow();
    }

    @Override
    public CompletableFuture<Boolean> stillHolds(Entry<V> entry) {
        Stamps stamps = entry.stamps();
        return epochs == null || stamps == null ? CompletableFuture.completedFuture(true) : epochs.hold(stamps);
    }

    @Override
    public CompletableFuture<WriteOutcome> invalidateTag(String tag) {
        return Futures.map(required(epochs).invalidateTag(tag), RemoteStore::outcome);
    }

    @Override
    public CompletableFuture<WriteOutcome> clear() {
        return Futures.map(required(epochs).clear(), RemoteStore::outcome);
    }

    private static WriteOutcome outcome(boolean hasHeard) {
        return hasHeard ? WriteOutcome.APPLIED : WriteOutcome.QUEUED;
    }

    private static Epochs required(@Nullable Epochs epochs) {
        if (epochs == null) {
            throw new CacheConfigException("a cache of format RAW has neither tags nor clear, since its entries have no"
                    + " place for epochs: remove its keys one by one, or use format FRAMED");
        }
        return epochs;
    }

    @Override
    public CompletableFuture<WriteOutcome> expire(K key) {
        return relived(key, found -> LifeChange.expiring(found, random.nextLong(), maxPayloadBytes));
    }

    @Override
    public CompletableFuture<WriteOutcome> renew(K key, long millis) {
        return relived(key, found -> LifeChange.of(found, millis, random.nextLong(), maxPayloadBytes));
    }

    /** What others have written meanwhile stays as it is: it is newer than what was to get another life. */
    private CompletableFuture<WriteOutcome> relived(K key, Function<RemoteValue, @Nullable LifeChange> changeOf) {
        byte[] where = sealing.where(key);
        return journaled.afterDelivery(
                where,
                () -> Futures.then(tierOf(key).get(where, true), (found, failure) -> {
                    if (found == null) {
                        return CompletableFuture.failedFuture(
                                failure == null ? new IllegalStateException("no answer") : failure);
                    }
                    LifeChange change = changeOf.apply(found);
                    if (change != null) {
                        framing.noteLife(change);
                    }
                    return change == null
                            ? CompletableFuture.completedFuture(WriteOutcome.APPLIED)
                            : Futures.map(
                                    tier.relive(where, change.seen(), change.bytes(), change.pxMillis()),
                                    replaced -> WriteOutcome.APPLIED);
                }));
    }

    @Override
    public CompletableFuture<Entry<V>> write(K key, Draft<V> draft) {
        try {
            return written(sealing.packed(key, draft, hasSource.test(key)));
        } catch (CacheException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Writes that Redis does not take are kept there instead; called before the first write. */
    void keepsUntakenIn(LocalOnlyWrites<K, V> here) {
        localOnly = here;
    }

    private CompletableFuture<Entry<V>> written(Packed<K, V> packed) {
        LocalOnlyWrites<K, V> here = localOnly;
        return here == null ? sent(packed) : here.orHere(packed, sinceNow(), () -> sent(packed));
    }

    private CompletableFuture<Entry<V>> sent(Packed<K, V> packed) {
        return stamped(packed, ready -> {
            long sentNanos = time.nanoTime();
            CompletableFuture<Sealed<K, V>> sent = send(ready, Delivery::mayBeOwed);
            Restamping<K, V> again = restamping;
            return again == null || ready.bytes() == null
                    ? Futures.map(sent, this::stored)
                    : Futures.then(
                            sent,
                            (accepted, failure) -> accepted == null
                                    ? Futures.map(sent, this::stored)
                                    : Futures.map(
                                            again.standing(packed, ready, sentNanos),
                                            standing -> stored(standing == null ? ready : standing)));
        });
    }

    private Entry<V> stored(Sealed<K, V> ready) {
        byte[] bytes = ready.bytes();
        return bytes == null
                ? sealing.entry(ready, 0, Entry.Kind.UNSTORED)
                : sealing.entry(ready, bytes.length + ready.savedBytes(), Entry.Kind.VALUE);
    }

    /** Goes on with the entry as it is stored; where its epochs cannot be had, as if the write itself had failed. */
    private <T> CompletableFuture<T> stamped(Packed<K, V> packed, Function<Sealed<K, V>, CompletableFuture<T>> write) {
        if (epochs == null) {
            return write.apply(sealing.sealed(packed, null));
        }
        return Futures.then(epochs.ofWrite(packed.draft().tags()), (stamping, failure) -> {
            if (stamping != null) {
                return write.apply(sealing.sealed(packed, stamping));
            }
            Throwable told = failure == null ? new IllegalStateException("no epoch") : failure;
            return CompletableFuture.failedFuture(
                    journaled.owing(packed.key(), packed.where(), told, Delivery::mayBeOwed));
        });
    }

    @Override
    public List<CompletableFuture<Entry<V>>> writeAll(List<K> keys, List<Draft<V>> drafts) {
        // all of the users' code first: what follows may run on an I/O thread, and must not stop half way
        List<Supplier<CompletableFuture<Entry<V>>>> sealed = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            sealed.add(sealedOrFailed(keys.get(i), drafts.get(i)));
        }
        return Pieces.send(
                sealed.size(),
                maxBatch,
                (from, to) ->
                        sealed.subList(from, to).stream().map(Supplier::get).toList());
    }

    private Supplier<CompletableFuture<Entry<V>>> sealedOrFailed(K key, Draft<V> draft) {
        try {
            Packed<K, V> packed = sealing.packed(key, draft, hasSource.test(key));
            return () -> written(packed);
        } catch (CacheException refused) {
            return () -> CompletableFuture.failedFuture(refused);
        } catch (RuntimeException | Error ofTheKeyFunction) {
            return () -> CompletableFuture.failedFuture(
                    new CacheException("no Redis key for '" + key + "': " + ofTheKeyFunction, ofTheKeyFunction));
        }
    }

    /** See {@link Sealing#unstored}. */
    Sealing.Unstored unstored(K key, Entry<V> entry) {
        return sealing.unstored(key, entry);
    }

    /** @param owesRemoval whether a failed write may leave something behind that must be removed later */
    private CompletableFuture<Sealed<K, V>> send(Sealed<K, V> sealed, Predicate<Throwable> owesRemoval) {
        byte[] where = sealed.where();
        byte[] bytes = sealed.bytes();
        if (bytes == null) {
            return CompletableFuture.completedFuture(sealed);
        }
        Object mark = journal.mark(where);
        return Futures.then(tier.set(where, bytes, sealed.pxMillis()), (nothing, failure) -> {
            if (failure == null) {
                journaled.accepted(sealed.key(), where, mark);
                return CompletableFuture.completedFuture(sealed);
            }
            return CompletableFuture.failedFuture(journaled.owing(sealed.key(), where, failure, owesRemoval));
        });
    }

    @Override
    public CompletableFuture<WriteOutcome> delete(K key) {
        byte[] where = sealing.where(key);
        return journaled.removed(key, where, journal.mark(where), tier.delete(where));
    }

    @Override
    public List<CompletableFuture<WriteOutcome>> deleteAll(List<K> keys) {
        List<byte[]> where = keys.stream().map(sealing::where).toList();
        return Pieces.send(
                where.size(), maxBatch, (from, to) -> deletePiece(keys.subList(from, to), where.subList(from, to)));
    }

    private List<CompletableFuture<WriteOutcome>> deletePiece(List<K> keys, List<byte[]> where) {
        List<Object> marks = where.stream().map(journal::mark).toList();
        List<CompletableFuture<Boolean>> removals = tier.deleteAll(where);
        List<CompletableFuture<WriteOutcome>> outcomes = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            outcomes.add(journaled.removed(keys.get(i), where.get(i), marks.get(i), removals.get(i)));
        }
        return outcomes;
    }

    @Override
    public CompletableFuture<Boolean> writeIfAbsent(K key, Draft<V> draft) {
        return conditional(key, draft, this::storeIfAbsent);
    }

    /** What was invalidated together with others is as good as none, which the script that finds it cannot know. */
    private CompletableFuture<Boolean> storeIfAbsent(Sealed<K, V> ready, byte[] bytes) {
        byte[] where = ready.where();
        RemoteTier decider = tierOf(ready.key());
        CompletableFuture<Boolean> stored = decider.setIfAbsent(where, bytes, ready.pxMillis());
        if (epochs == null) {
            return stored;
        }
        return Futures.then(stored, (isStored, failure) -> {
            if (isStored == null || isStored) {
                return stored;
            }
            return Futures.then(
                    judging.judged(decider, where, decider.get(where, true), executor), (found, unknown) -> {
                        if (found == null) {
                            return CompletableFuture.failedFuture(
                                    unknown == null ? new IllegalStateException("no answer") : unknown);
                        }
                        EntryVersion invalidated = found.reason() == Reason.NOT_FOUND ? found.unusable() : null;
                        return invalidated == null
                                ? CompletableFuture.completedFuture(false)
                                : decider.replace(where, invalidated, bytes, ready.pxMillis());
                    });
        });
    }

    @Override
    public CompletableFuture<Boolean> replace(K key, EntryVersion seen, Draft<V> draft) {
        return conditional(
                key, draft, (ready, bytes) -> tierOf(key).replace(ready.where(), seen, bytes, ready.pxMillis()));
    }

    private CompletableFuture<Boolean> conditional(K key, Draft<V> draft, ConditionalWrite<K, V> write) {
        try {
            Packed<K, V> packed = sealing.packed(key, draft, hasSource.test(key));
            return stamped(packed, ready -> conditional(packed, ready, write));
        } catch (CacheException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private CompletableFuture<Boolean> conditional(
            Packed<K, V> packed, Sealed<K, V> ready, ConditionalWrite<K, V> write) {
        byte[] bytes = ready.bytes();
        if (bytes == null) {
            return CompletableFuture.completedFuture(false);
        }
        long sentNanos = time.nanoTime();
        CompletableFuture<Boolean> stored = journaled.afterDelivery(ready.where(), () -> write.write(ready, bytes));
        Restamping<K, V> again = restamping;
        return again == null
                ? stored
                : Futures.then(
                        stored,
                        (isStored, failure) -> isStored == null || !isStored
                                ? stored
                                : Futures.map(again.standing(packed, ready, sentNanos), standing -> standing != null));
    }

    @FunctionalInterface
    private interface ConditionalWrite<K, V> {
        CompletableFuture<Boolean> write(Sealed<K, V> sealed, byte[] bytes);
    }

    @Override
    public CompletableFuture<Boolean> delete(K key, EntryVersion seen) {
        byte[] where = sealing.where(key);
        return journaled.afterDelivery(where, () -> tierOf(key).delete(where, seen));
    }

    @Override
    public CompletableFuture<Answer<V>> getAndDelete(K key) {
        byte[] where = sealing.where(key);
        return journaled.afterDelivery(
                where, () -> judging.judged(tierOf(key), where, tierOf(key).getAndDelete(where), executor));
    }

    @Override
    public CompletableFuture<Long> increment(K key, long delta, long ttlMillisIfNew) {
        byte[] where = sealing.where(key);
        return journaled.afterDelivery(where, () -> tierOf(key).increment(where, delta, ttlMillisIfNew));
    }

    @Override
    public LocalUsage localUsage() {
        return LocalUsage.NONE;
    }
}
