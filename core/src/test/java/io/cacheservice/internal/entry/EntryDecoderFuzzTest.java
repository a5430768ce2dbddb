package io.cacheservice.internal.entry;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

/**
 * Bytes of all kinds against the decoder. The build replays the inputs kept beside this class in the resources; a search
 * for new ones runs with {@code JAZZER_FUZZ=1 mvn -pl core test -Dtest='EntryDecoderFuzzTest#anyBytesAreDecodedOrRefused'}.
 */
class EntryDecoderFuzzTest {
    @FuzzTest(maxDuration = "2m")
    void anyBytesAreDecodedOrRefused(byte @NotNull [] bytes) {
        AnyBytes.check(bytes);
    }
}
