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
    private final boolean isRefresh;
    private @Nullable Answer<V> seen;
    private boolean isStoring;
    private Claim.@Nullable Granted granted;
    private @Nullable Stamps sinceClaim;
    private int looks;
    private int changes;

    /** @param seen what the store said; null: it could not be asked */
    Boarding(K key, Flight<V> flight, @Nullable Answer<V> seen) {
        this(key, flight, seen, false);
    }

    private Boarding(K key, Flight<V> flight, @Nullable Answer<V> seen, boolean isRefresh) {
        this.key = key;
        this.flight = flight;
        this.isRefresh = isRefresh;
        this.seen = seen;
        this.isStoring = seen != null && mayBeReplaced(seen);
    }

    /** One that nobody waits for. */
    static <K, V> Boarding<K, V> ofRefresh(K key, Flight<V> flight, @Nullable Answer<V> seen) {
        return new Boarding<>(key, flight, seen, true);
    }

    K key() {
        return key;
    }

    /** Whether nobody waited for it when it began. */
    boolean isRefresh() {
        return isRefresh;
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
        isStoring = mayBeReplaced(answer);
    }

    /** Not what a newer program wrote, even where this one can read it. */
    private static boolean mayBeReplaced(Answer<?> seen) {
        Entry<?> replaced = seen.entry() == null ? seen.fallback() : seen.entry();
        return seen.mayBeReplaced() && (replaced == null || !replaced.isOfNewerSchema());
    }

    /** Counts how often the store said twice not the same; answers how often it had before. */
    int sawAChange() {
        return changes++;
    }

    /** Counts the looks at the store while another process loads; answers how many there were before. */
    int looksAgain() {
        return looks++;
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
