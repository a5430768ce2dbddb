package io.cacheservice.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as JSON members: {@code text} when the bytes are UTF-8, else {@code base64}. */
final class ValueJson {
    private ValueJson() {}

    static void put(Map<String, Object> members, byte[] value) {
        String text = utf8(value);
        if (text != null) {
            members.put("text", text);
        } else {
            members.put("base64", Base64.getEncoder().encodeToString(value));
        }
    }

    /** The text whose UTF-8 is exactly {@code value}; null when there is none. */
    private static @Nullable String utf8(byte[] value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
