package io.cacheservice.testkit.chaos;

import io.cacheservice.spi.Lease;
import io.cacheservice.spi.LeaseAnswer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A lease with troubles. Where its end fails it is given back all the same, as a tier does whose fill was lost. */
final class ChaosLease implements Lease {
    private final Lease lease;
    private final TierAnswers answers;

    ChaosLease(Lease lease, TierAnswers answers) {
        this.lease = lease;
        this.answers = answers;
    }

    @Override
    public CompletableFuture<LeaseAnswer> take() {
        return answers.write(lease::take);
    }

    @Override
    public CompletableFuture<Boolean> fill(byte[] value, long pxMillis) {
        return answers.write(value, bytes -> lease.fill(bytes, pxMillis), this::giveBack);
    }

    @Override
    public CompletableFuture<@Nullable Void> release(byte @Nullable [] marker, long markerMillis) {
        return answers.write(() -> lease.release(marker, markerMillis), this::giveBack);
    }

    private void giveBack() {
        var unused = lease.release(null, 0);
    }
}
