package io.cacheservice.internal.engine;

import io.cacheservice.internal.engine.Flights.Flight;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.Stamps;
import io.cacheservice.spi.Lease;
import org.jspecify.annotations.Nullable;

/**
 * One key on its way from a miss to its landing: the flight, what is known of what is stored, and the right to replace it.
 *
 * <p>Touched by one thread after the other.
 */
final class Boarding<K, V> {
    private final K key;
    private final Flight<V> flight;
    private @Nullable Answer<V> seen;
    private boolean isStoring;
    private Claim.@Nullable Granted granted;
    private @Nullable Stamps sinceClaim;
    private int waits;
    private int changes;

    /** @param seen what the store said; null: it could not be asked */
    Boarding(K key, Flight<V> flight, @Nullable Answer<V> seen) {
        this.key = key;
        this.flight = flight;
        this.seen = seen;
        this.isStoring = seen != null && seen.mayBeReplaced();
    }

    K key() {
        return key;
    }

    Flight<V> flight() {
        return flight;
    }

    /** Whether the result is to be stored. */
    boolean isStoring() {
        return isStoring;
    }

    /** The result is only for those who wait. */
    void storesNothing() {
        isStoring = false;
        granted = null;
    }

    /** The store was asked again. */
    void sees(Answer<V> answer) {
        seen = answer;
        isStoring = answer.mayBeReplaced();
    }

    /** Counts the times it waited for another's load; answers how many there were before. */
    int waits() {
        return waits++;
    }

    /** Counts the times that the store had changed when the right to load was asked for; answers how many there were before. */
    int changes() {
        return changes++;
    }

    /** What is to be asked of the store. */
    Store.Wanted wanted(long leaseMillis) {
        Entry<V> replaced = replaced();
        return new Store.Wanted(
                leaseMillis, replaced == null ? null : replaced.version(), seen == null ? null : seen.unusable());
    }

    /** The entry that the load is to replace, fresh or not; null: there is none. */
    @Nullable
    Entry<V> replaced() {
        if (seen == null) {
            return null;
        }
        return seen.entry() == null ? seen.fallback() : seen.entry();
    }

    @Nullable
    Lease lease() {
        return granted == null ? null : granted.lease();
    }

    /** Under which the result is to be stored; null: it is not. */
    Claim.@Nullable Granted granted() {
        return granted;
    }

    void isGranted(Claim.Granted by) {
        granted = by;
    }

    /** The right to load is about to be asked for; the result, where it is stored nowhere, is void with {@code stamps}. */
    void claimsFrom(@Nullable Stamps stamps) {
        sinceClaim = stamps;
    }

    @Nullable
    Stamps sinceClaim() {
        return sinceClaim;
    }
}
