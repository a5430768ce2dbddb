package io.cacheservice.redis;

import io.cacheservice.internal.entry.EntryCodec;
import io.cacheservice.internal.entry.EntryHeader;
import io.cacheservice.internal.entry.EntryLife;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.LeaseAnswer;
import io.cacheservice.spi.LeaseAnswer.State;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;

/** The bytes that the tests of leases put into Redis, and how they ask for one. */
final class Placeholders {
    /** As long as no test takes. */
    static final long LONG_MILLIS = 60_000;

    private static final AtomicLong TOKENS = new AtomicLong(0x1000);

    private Placeholders() {}

    /** One that no other lease has. */
    static byte[] placeholder() {
        return EntryCodec.encode(EntryHeader.lease(TOKENS.incrementAndGet(), LONG_MILLIS));
    }

    static byte[] marker() {
        return EntryCodec.encode(EntryHeader.error(TOKENS.incrementAndGet(), LONG_MILLIS));
    }

    static byte[] entry(long id, EntryLife life) {
        return EntryCodec.encode(EntryHeader.value(id, 1, 0, life), Tiers.bytes("payload"));
    }

    static State take(Lease lease) {
        return Tiers.await(lease.take()).state();
    }

    /** The lease, which is granted. */
    static Lease granted(Lease lease) {
        Assertions.assertThat(take(lease)).isEqualTo(State.GRANTED);
        return lease;
    }

    /** An answer that says to wait at most as long as a lease or marker of these tests lasts. */
    static void assertWaits(LeaseAnswer answer, State state) {
        Assertions.assertThat(answer.state()).isEqualTo(state);
        Assertions.assertThat(answer.remainingMillis()).isBetween(1L, LONG_MILLIS);
    }
}
