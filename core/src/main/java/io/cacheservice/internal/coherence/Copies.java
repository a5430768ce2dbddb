package io.cacheservice.internal.coherence;

import io.cacheservice.EntryDetails.Standing;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.LocalMap;
import io.cacheservice.internal.local.LocalTier;
import io.cacheservice.internal.local.Stamps;
import io.cacheservice.spi.Proof;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The local copies of one cache in front of Redis, handed out under the rule of use. Safe for use by many threads; a hit
 * takes no lock and allocates nothing.
 *
 * @param <K> the key
 * @param <V> the value
 */
public final class Copies<K, V> {
    private final LocalTier tier;
    private final LocalMap<K, V> map;
    private final Tokens tokens;
    private final TimeSource time;
    private final long maxStalenessNanos;
    private final LongAdder unproven = new LongAdder();
    private final LongAdder revoked = new LongAdder();
    private final LongAdder fillsRefused = new LongAdder();

    /** Copies that are held in {@code map}, a map of {@code tier}, and used under the bound {@code maxStalenessNanos}. */
    public Copies(LocalTier tier, LocalMap<K, V> map, Tokens tokens, TimeSource time, long maxStalenessNanos) {
        this.tier = tier;
        this.map = map;
        this.tokens = tokens;
        this.time = time;
        this.maxStalenessNanos = maxStalenessNanos;
    }

    /**
     * The copy of {@code key} that a read which began before this call may use; null: there is none. Whoever gets none comes
     * again by {@link #usable}.
     *
     * @param nowNanos from the clock itself, after the read began: a reading that a thread keeps for others stands still while
     *     the process is stopped
     */
    public @Nullable LocalCopy<V> peek(K key, long nowNanos) {
        LocalCopy<V> copy = (LocalCopy<V>) map.get(key, nowNanos);
        return copy != null && copy.standing(nowNanos, maxStalenessNanos) == Standing.USABLE ? copy : null;
    }

    /** As {@link #peek}, and counts a copy that may not be used, with the reason. */
    public @Nullable LocalCopy<V> usable(K key) {
        LocalCopy<V> copy = peek(key, time.nanoTime());
        if (copy == null) {
            countRefusal(key);
        }
        return copy;
    }

    /** The copy of {@code key}, usable or not, without counting as a read; null: there is none. */
    public @Nullable LocalCopy<V> held(K key) {
        return (LocalCopy<V>) map.getQuietly(key);
    }

    /**
     * The copy of {@code key} as a fallback where nobody else answers: neither changed nor revoked, and within the time in
     * which it may serve so; null: there is none.
     */
    public @Nullable LocalCopy<V> fallback(K key) {
        LocalCopy<V> copy = held(key);
        if (copy == null || copy.isAbsent()) {
            return null;
        }
        long now = time.nanoTime();
        Standing standing = copy.standing(now, maxStalenessNanos);
        Stamps shared = copy.stamps();
        boolean isOver = standing == Standing.CHANGED
                || standing == Standing.REVOKED
                || !copy.isFallback(now)
                || (shared != null && shared.areVoid());
        return isOver ? null : copy;
    }

    /** What the rule of use says of {@code copy} now. */
    public Standing standing(LocalCopy<V> copy) {
        return copy.standing(time.nanoTime(), maxStalenessNanos);
    }

    /** The token under which a read of {@code redisKey} is to be sent; to be given back when it has ended. */
    public Token take(byte[] redisKey) {
        return tokens.take(redisKey);
    }

    /** See {@link #take}. */
    public void giveBack(Token token) {
        tokens.giveBack(token);
    }

    /** How old an answer may be at most, in nanoseconds. */
    public long maxStalenessNanos() {
        return maxStalenessNanos;
    }

    /**
     * Holds a copy of {@code entry} from now on, unless its key has changed since {@code token} was taken, or what is held
     * was seen later, or it is too big.
     *
     * @param bytes what key and value take as bytes
     * @param seenAtNanos when the command that read it, or the load that made it, was started
     * @param proof what vouches for it after that; null: nothing
     */
    public void keep(K key, Entry<V> entry, int bytes, long seenAtNanos, @Nullable Proof proof, Token token) {
        long weight = (long) LocalTier.ENTRY_OVERHEAD_BYTES + LocalCopy.OVERHEAD_BYTES + bytes;
        if (weight > tier.maxBytes()) {
            return;
        }
        LocalCopy<V> copy = new LocalCopy<>(entry, (int) weight, seenAtNanos, proof, token, tokens, maxStalenessNanos);
        if (!tokens.hold(this, key, copy)) {
            fillsRefused.increment();
        }
    }

    private void countRefusal(K key) {
        LocalCopy<V> refused = held(key);
        Standing standing = refused == null ? Standing.USABLE : standing(refused);
        if (standing == Standing.UNPROVEN) {
            unproven.increment();
        } else if (standing == Standing.REVOKED) {
            revoked.increment();
        }
    }

    /** Copies that were asked for and not used, because nothing vouched for them up to a moment that was near enough. */
    public long unproven() {
        return unproven.sum();
    }

    /** Copies that were asked for and not used, because their server was flushed or their slot had moved. */
    public long revoked() {
        return revoked.sum();
    }

    /** Answers of Redis that were not kept, because their key changed while they were on their way. */
    public long fillsRefused() {
        return fillsRefused.sum();
    }

    /** Where they are held. */
    public LocalMap<K, V> map() {
        return map;
    }

    /** The memory bound that the copies share. */
    public LocalTier tier() {
        return tier;
    }
}
