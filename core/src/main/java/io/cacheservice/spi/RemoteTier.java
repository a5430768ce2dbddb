package io.cacheservice.spi;

import io.cacheservice.CacheException;
import io.cacheservice.ConnectionStats;
import io.cacheservice.EntryVersion;
import io.cacheservice.FlushCause;
import io.cacheservice.ListeningConnection;
import io.cacheservice.ReplicaReads;
import io.cacheservice.ZoneStats;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A store of bytes under byte keys that many processes share: Redis or Valkey.
 *
 * <p>Every call returns at once. A future completes within the configured time budget, exceptionally only with a {@link
 * CacheException} of its own; it may complete on an I/O thread, so callers must not run user code on it. Commands for one key are
 * carried out in the order they were given. Arrays are not copied: callers must not change them afterwards. Safe for use by
 * many threads.
 *
 * <p>"Usable" below means: not a lease placeholder, an error marker or an entry past its fresh life, as {@code
 * docs/wire-format.md} defines them.
 */
public interface RemoteTier extends AutoCloseable {
    /** Life of an entry without end, where a {@code pxMillis} is asked for. */
    long FOR_EVER = 0;

    /**
     * Reads {@code key}. An empty value is told from none only with its remaining life; an entry with a header is never
     * empty.
     *
     * @param withRemaining whether {@link RemoteValue#remainingMillis()} is needed, which costs a second command in the same
     *     round trip
     */
    CompletableFuture<RemoteValue> get(byte[] key, boolean withRemaining);

    /**
     * Reads {@code key} where {@code replicas} allows a replica to answer; what it answers is marked. A tier without
     * replicas asks the master.
     */
    default CompletableFuture<RemoteValue> get(byte[] key, boolean withRemaining, ReplicaReads replicas) {
        return get(key, withRemaining);
    }

    /**
     * This tier for keys whose values no source knows. Where several places hold copies, one that lost its copy is no proof
     * that there is none, so all are asked; and what only one can decide is decided by the same one for all processes.
     */
    default RemoteTier sole() {
        return this;
    }

    /**
     * Reads {@code keys} in one round trip per node. Completed, never exceptionally, when each is answered or has failed: with
     * one element per key, in their order, all of them done.
     */
    CompletableFuture<List<CompletableFuture<RemoteValue>>> getAll(List<byte[]> keys, boolean withRemaining);

    /** Stores {@code value} under {@code key} for {@code pxMillis}, or {@link #FOR_EVER}. */
    CompletableFuture<@Nullable Void> set(byte[] key, byte[] value, long pxMillis);

    /** Removes {@code key}; answers whether it was there. */
    CompletableFuture<Boolean> delete(byte[] key);

    /** Removes {@code key} if the bytes there are exactly the entry {@code seen}; answers whether it did. */
    CompletableFuture<Boolean> delete(byte[] key, EntryVersion seen);

    /** Removes many keys in one round trip per node. */
    List<CompletableFuture<Boolean>> deleteAll(List<byte[]> keys);

    /** Stores {@code value} if nothing usable is there; answers whether it did. */
    CompletableFuture<Boolean> setIfAbsent(byte[] key, byte[] value, long pxMillis);

    /** Stores {@code value} if the bytes there are exactly the entry {@code seen}; answers whether it did. */
    CompletableFuture<Boolean> replace(byte[] key, EntryVersion seen, byte[] value, long pxMillis);

    /**
     * As {@link #replace}, of an entry that gets another life and stays what it is: wherever exactly {@code seen} stands, so
     * that places which hold other entries of the key keep them.
     */
    default CompletableFuture<Boolean> relive(byte[] key, EntryVersion seen, byte[] value, long pxMillis) {
        return replace(key, seen, value, pxMillis);
    }

    /** Removes {@code key} and answers what was usable there. */
    CompletableFuture<RemoteValue> getAndDelete(byte[] key);

    /** Adds {@code delta} to the plain decimal under {@code key}, created with life {@code pxMillisIfNew}. */
    CompletableFuture<Long> increment(byte[] key, long delta, long pxMillisIfNew);

    /**
     * A lease in place: its placeholder stands under {@code key} until it is filled. It is granted where nothing stands, or an
     * entry past its stale life that nobody refreshes, or exactly the bytes {@code over}.
     *
     * @param placeholder what stands there meanwhile, 32 bytes that no other lease has
     * @param leaseMillis how long it lasts
     * @param over the version of bytes of which the caller can make nothing; null: whatever is alive is left alone
     */
    Lease lease(byte[] key, byte[] placeholder, long leaseMillis, @Nullable EntryVersion over);

    /**
     * A lease for a refresh: the entry stays until it is filled. It is granted while exactly the entry {@code seen} stands
     * under {@code key}, and fills only over that one.
     */
    Lease refreshLease(byte[] key, byte[] placeholder, long leaseMillis, EntryVersion seen);

    /** A lease in place that takes the place of whatever stands there, other leases included. */
    Lease seize(byte[] key, byte[] placeholder, long leaseMillis);

    /**
     * Reads {@code key}, under which an epoch stands, or puts {@code ifNone} there, also when memory is short; answers what
     * stands there then.
     */
    CompletableFuture<RemoteValue> epoch(byte[] key, byte[] ifNone);

    /** Puts {@code epoch} under {@code key}, whatever stands there, also when memory is short. */
    CompletableFuture<@Nullable Void> replaceEpoch(byte[] key, byte[] epoch);

    /**
     * Reads {@code key}, or puts {@code ifNone} there; lets it live for {@code pxMillis} from now, or {@link #FOR_EVER}, if it would
     * live less; answers what stands there then.
     *
     * @throws UnsupportedOperationException when this tier cannot
     */
    default CompletableFuture<RemoteValue> keep(byte[] key, byte[] ifNone, long pxMillis) {
        throw new UnsupportedOperationException("this remote tier cannot lengthen the life of a key");
    }

    /**
     * Lists keys that begin with {@code prefix}: some, and where to go on. Ends early when a quarter of a second has passed,
     * perhaps without a key.
     *
     * @param cursor {@link RemoteKeys#next()} of the answer before; null begins
     * @param limit about how many keys are wanted at most
     * @throws IllegalArgumentException when {@code cursor} is none that this kind of tier gave
     * @throws UnsupportedOperationException when this tier cannot list
     */
    default CompletableFuture<RemoteKeys> scan(byte[] prefix, @Nullable String cursor, int limit) {
        throw new UnsupportedOperationException("this remote tier cannot list its keys");
    }

    /**
     * What is known about {@code key} besides its bytes; idle time and frequency are those before this call.
     *
     * @throws UnsupportedOperationException when this tier cannot tell
     */
    default CompletableFuture<RemoteDetails> inspect(byte[] key) {
        throw new UnsupportedOperationException("this remote tier cannot tell more than the bytes of a key");
    }

    /**
     * Tells {@code listener} of every change from now on. For a write through this tier: before it is sent, and again
     * before its future completes, late or not. For the writes of others: of keys that were read under a {@link Proof},
     * before that proof advances past the change. Called once, before the first read. A tier that hears nothing gives no
     * proofs and ignores this.
     */
    default void onChange(ChangeListener listener) {}

    /**
     * Asks that the proofs of this tier be never much older than a quarter of {@code maxStalenessNanos} while the network
     * allows it.
     */
    default void proveEvery(long maxStalenessNanos) {}

    /** What the connections vouch for now; empty when they hear of no changes. */
    default List<ListeningConnection> listening() {
        return List.of();
    }

    /** How often what was read under many proofs at once was revoked, or lost who vouched for it, since the start. */
    default Map<FlushCause, Long> flushes() {
        return Map.of();
    }

    /**
     * Reads {@code key} as a bystander: on a connection on which nothing is announced, so that whatever the server notes of
     * the readers of a key stays as it is, and no answer waits behind those of {@link #get}. What is over 256 KB may come
     * cut off there.
     */
    default CompletableFuture<RemoteValue> observe(byte[] key) {
        return CompletableFuture.failedFuture(new CacheException("this remote tier cannot be read as a bystander"));
    }

    /**
     * Changes {@code key}, under which nothing is, as another client would, and leaves nothing under it: who has read it
     * hears of a change, and by nothing but the server's announcement.
     */
    default CompletableFuture<@Nullable Void> stir(byte[] key) {
        return CompletableFuture.failedFuture(
                new CacheException("this remote tier cannot change keys as another client"));
    }

    /** Tells {@code listener} of servers that may have forgotten something, from now on. */
    default void onLoss(LossListener listener) {}

    /** The places that hold copies of the same; empty where there is one. */
    default List<ZoneStats> zones() {
        return List.of();
    }

    /** The connections, as they are now. */
    List<ConnectionStats> connections();

    /** Closes the connections; calls that wait fail. */
    @Override
    void close();
}
