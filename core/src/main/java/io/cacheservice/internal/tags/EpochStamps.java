package io.cacheservice.internal.tags;

import io.cacheservice.internal.local.Stamps;
import java.util.List;

/** The epochs that an entry carries, each beside the cell that tells what it is at now. Immutable. */
final class EpochStamps implements Stamps {
    private final EpochCell[] cells;
    private final Epoch[] stamped;
    private final long maxStalenessNanos;

    EpochStamps(List<EpochCell> cells, List<Epoch> stamped, long maxStalenessNanos) {
        this.cells = cells.toArray(EpochCell[]::new);
        this.stamped = stamped.toArray(Epoch[]::new);
        this.maxStalenessNanos = maxStalenessNanos;
    }

    @Override
    public boolean hold(long nowNanos) {
        for (int i = 0; i < cells.length; i++) {
            HeldEpoch held = cells[i].held();
            if (held == null
                    || !held.isUsable(nowNanos, maxStalenessNanos)
                    || !held.epoch().equals(stamped[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean areVoid() {
        for (int i = 0; i < cells.length; i++) {
            HeldEpoch held = cells[i].held();
            if (held != null && (held.isReplaced() || !held.epoch().equals(stamped[i]))) {
                return true;
            }
        }
        return false;
    }

    int size() {
        return cells.length;
    }

    EpochCell cell(int i) {
        return cells[i];
    }

    Epoch stamped(int i) {
        return stamped[i];
    }
}
