package io.cacheservice.internal.entry;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Names and keys of all kinds, unpaired surrogates included. A search for new inputs runs with {@code JAZZER_FUZZ=1 mvn -pl
 * core test -Dtest='RedisKeysFuzzTest#anyNameAndKeyIsWrittenOrRefused'}.
 */
class RedisKeysFuzzTest {
    @FuzzTest(maxDuration = "2m")
    void anyNameAndKeyIsWrittenOrRefused(byte @NotNull [] bytes) {
        // the first byte says where the name ends; the rest is UTF-16 as it comes
        int nameBytes = bytes.length == 0 ? 0 : Math.min(Byte.toUnsignedInt(bytes[0]), bytes.length - 1);
        int keyFrom = Math.min(bytes.length, 1 + nameBytes);
        String name = new String(bytes, keyFrom - nameBytes, nameBytes, StandardCharsets.ISO_8859_1);
        ByteBuffer rest = ByteBuffer.wrap(bytes, keyFrom, bytes.length - keyFrom);
        StringBuilder key = new StringBuilder();
        while (rest.remaining() >= 2) {
            key.append(rest.getChar());
        }
        AnyKeys.check(name, key.toString());
        AnyKeys.check(name, new String(bytes, keyFrom, bytes.length - keyFrom, StandardCharsets.ISO_8859_1));
    }
}
