package io.cacheservice.internal.tags;

import io.cacheservice.TimeSource;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Epochs that only this process knows: the cell is where they are. */
final class LocalEpochs implements EpochSource {
    private final TimeSource time;
    private final RandomGenerator random;

    LocalEpochs(TimeSource time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    @Override
    public CompletableFuture<HeldEpoch> read(EpochCell cell) {
        synchronized (cell) {
            HeldEpoch held = cell.held();
            if (held == null) {
                held = another();
                cell.hold(held);
            }
            return CompletableFuture.completedFuture(held);
        }
    }

    @Override
    public CompletableFuture<Boolean> replace(EpochCell cell) {
        return CompletableFuture.completedFuture(replaceLater(cell));
    }

    @Override
    public boolean replaceLater(EpochCell cell) {
        synchronized (cell) {
            cell.hold(another());
        }
        return true;
    }

    private HeldEpoch another() {
        long now = time.nanoTime();
        return new HeldEpoch(Epoch.random(random), now, null, null, now);
    }

    @Override
    public void letGo(@Nullable HeldEpoch epoch) {}
}
