package io.cacheservice.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.TimeSource;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AcceptedKeysTest {
    private long nowNanos = -5;
    private final AcceptedKeys accepted = new AcceptedKeys(3, new TimeSource() {
        @Override
        public long nanoTime() {
            return nowNanos;
        }

        @Override
        public long epochMillis() {
            return 0;
        }
    });

    private void add(String key) {
        accepted.add(key.getBytes(UTF_8));
    }

    private @Nullable List<String> latest() {
        List<byte[]> keys = accepted.latest();
        return keys == null
                ? null
                : keys.stream().map(key -> new String(key, UTF_8)).toList();
    }

    @Test
    void whatIsOlderThanItsMemoryIsForgotten() {
        add("a");
        nowNanos += Duration.ofSeconds(20).toNanos();
        add("b");
        assertThat(latest()).containsExactly("a", "b");
        nowNanos += Duration.ofSeconds(10).toNanos() + 1;
        assertThat(latest()).containsExactly("b");
        add("c");
        assertThat(latest()).containsExactly("b", "c");
    }

    @Test
    void whenThereWereTooManyNobodyKnowsUntilThoseForgottenAreOld() {
        List.of("a", "b", "c", "d").forEach(this::add);
        assertThat(latest()).isNull();
        nowNanos += AcceptedKeys.MEMORY.toNanos() + 1;
        assertThat(latest()).isEmpty();
        add("e");
        assertThat(latest()).containsExactly("e");
    }
}
