package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.api.push.PushMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InvalidationsTest {
    private final List<String> changed = new ArrayList<>();
    private int flushes;

    @Test
    void eachKeyOfAnAnnouncementIsTold() {
        tell(List.of(bytes("a"), bytes("b")));

        assertThat(changed).containsExactly("a", "b");
        assertThat(flushes).isZero();
    }

    @Test
    void nullIsAboutEveryKey() {
        tell(null);

        assertThat(flushes).isEqualTo(1);
    }

    @Test
    void whatCannotBeUnderstoodMayBeAboutEveryKey() {
        tell(List.of(bytes("a"), 5L));
        tell(Arrays.asList(bytes("a"), null));
        tell("a");

        assertThat(flushes).isEqualTo(3);
        assertThat(changed).isEmpty();
    }

    private void tell(@Nullable Object keys) {
        Invalidations.tell(
                new Announced(Arrays.asList(bytes(Invalidations.TYPE), keys)),
                key -> changed.add(new String(key, UTF_8)),
                () -> flushes++);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private record Announced(List<Object> content) implements PushMessage {
        @Override
        public String getType() {
            return Invalidations.TYPE;
        }

        @Override
        public List<Object> getContent() {
            return content;
        }

        @Override
        public List<Object> getContent(Function<ByteBuffer, Object> decode) {
            throw new UnsupportedOperationException();
        }
    }
}
