package io.cacheservice.testkit.fuzz;

import io.cacheservice.internal.entry.Decoded;
import io.cacheservice.internal.entry.EntryCodec;
import java.util.Arrays;

/** The bytes of entries: decoded to what can be written again, or a reason why not. */
public final class EntriesTarget implements FuzzTarget {
    private static final int MAX_PAYLOAD = 4_096;

    private final Corpus corpus = SampleEntries.corpus();

    @Override
    public String name() {
        return "entries";
    }

    @Override
    public int share() {
        return 200;
    }

    @Override
    public long mostAllocatedBytes() {
        return 1 << 20;
    }

    @Override
    public boolean take(FuzzInput input) {
        byte[] bytes = input.mutated(corpus);
        if (!input.oneIn(4)) {
            SampleEntries.withChecksum(bytes);
        }
        byte[] before = bytes.clone();
        Decoded decoded = EntryCodec.decode(bytes, MAX_PAYLOAD);
        Demand.that(Arrays.equals(before, bytes), "the bytes stay as they were");
        if (decoded instanceof Decoded.Stored stored) {
            int length = stored.payloadLength();
            Demand.that(length >= 0 && length <= MAX_PAYLOAD, "a bounded payload");
            Demand.that(stored.payloadOffset() + length == bytes.length, "a payload up to the end");
            byte[] again =
                    EntryCodec.encode(stored.header(), Arrays.copyOfRange(bytes, stored.payloadOffset(), bytes.length));
            Demand.that(
                    EntryCodec.decode(again, MAX_PAYLOAD) instanceof Decoded.Stored same
                            && same.header().equals(stored.header()),
                    "a header that can be written and read again");
        }
        return !(decoded instanceof Decoded.Undecodable);
    }
}
