package io.cacheservice.internal.entry;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

/**
 * Headers of all kinds whose checksum holds, as somebody might make them on purpose. A search for new inputs runs with
 * {@code JAZZER_FUZZ=1 mvn -pl core test -Dtest='EntryHeaderFuzzTest#aSealedHeaderIsReadOrRefused'}.
 */
class EntryHeaderFuzzTest {
    @FuzzTest(maxDuration = "2m")
    void aSealedHeaderIsReadOrRefused(byte @NotNull [] bytes) {
        AnyBytes.check(AnyBytes.sealed(bytes));
    }
}
