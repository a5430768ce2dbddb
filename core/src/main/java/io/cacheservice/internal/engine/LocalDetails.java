package io.cacheservice.internal.engine;

import io.cacheservice.EntryDetails.Copy;
import io.cacheservice.EntryDetails.Header;
import io.cacheservice.EntryDetails.Standing;
import io.cacheservice.internal.coherence.LocalCopy;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.spi.Proof;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Tells what an entry in this process is: decisions only. */
final class LocalDetails {
    /** A proof that is older vouches for nothing: its connection is lost. */
    private static final long LONGEST_PROOF_NANOS = Duration.ofDays(365).toNanos();

    private LocalDetails() {}

    /** A copy in front of Redis. */
    static Copy copy(LocalCopy<?> copy, Standing standing, long nowNanos) {
        Proof proof = copy.proof();
        return new Copy(
                standing,
                copy.bytes(),
                Duration.ofNanos(Math.max(0, nowNanos - copy.seenAtNanos())),
                remaining(copy, nowNanos),
                Optional.ofNullable(proof).map(Proof::connection),
                provenAge(proof, nowNanos),
                header(copy, nowNanos));
    }

    private static Optional<Duration> provenAge(@Nullable Proof proof, long nowNanos) {
        if (proof == null) {
            return Optional.empty();
        }
        long age = nowNanos - proof.heardUntilNanos();
        return age > LONGEST_PROOF_NANOS ? Optional.empty() : Optional.of(Duration.ofNanos(Math.max(0, age)));
    }

    static Optional<Duration> remaining(Entry<?> entry, long nowNanos) {
        return entry.freshUntilNanos() == Entry.FOR_EVER
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(0, entry.remainingNanos(nowNanos))));
    }

    static Optional<Header> header(Entry<?> entry, long nowNanos) {
        String kind = entry.isCounter() ? "counter" : entry.value() == null ? "none" : "value";
        Optional<Duration> remaining = remaining(entry, nowNanos);
        return Optional.ofNullable(entry.version())
                .map(version -> new Header(
                        kind,
                        version,
                        Duration.ofNanos(entry.ageNanos(nowNanos)),
                        remaining,
                        remaining,
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.ofNullable(entry.notes().contentType()),
                        Optional.empty(),
                        0));
    }
}
