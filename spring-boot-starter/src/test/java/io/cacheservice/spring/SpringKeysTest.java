package io.cacheservice.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Tiers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.cache.interceptor.SimpleKey;

class SpringKeysTest {
    private final SpringKeys keys = new SpringKeys("users");

    @Test
    void aStringIsItsOwnText() {
        assertThat(keys.encode("user:42")).isEqualTo("user:42");
    }

    @Test
    void aStringThatLooksLikeAnotherKeyIsMarkedAsOne() {
        assertThat(keys.encode("~long:42")).isEqualTo("~string:~long:42");
        assertThat(keys.encode("")).isEqualTo("~string:");
    }

    @Test
    void otherTypesAreNamed() {
        assertThat(keys.encode(42)).isEqualTo("~int:42");
        assertThat(keys.encode(42L)).isEqualTo("~long:42");
        assertThat(keys.encode(new BigDecimal("1.50"))).isEqualTo("~decimal:1.50");
        assertThat(keys.encode(UUID.fromString("8c5f1a52-3d0e-4b5f-9a55-4f2a3b1c0d9e")))
                .isEqualTo("~uuid:8c5f1a52-3d0e-4b5f-9a55-4f2a3b1c0d9e");
        assertThat(keys.encode(Tiers.BOTH)).isEqualTo("~enum:io.cacheservice.Tiers:BOTH");
        assertThat(keys.encode(LocalDate.of(2026, 11, 22))).isEqualTo("~date:2026-11-22");
        assertThat(keys.encode(Instant.EPOCH)).isEqualTo("~instant:1970-01-01T00:00:00Z");
    }

    @Test
    void anEnumConstantWithABodyIsNamedByItsEnum() {
        assertThat(keys.encode(Unit.METRE)).isEqualTo("~enum:" + Unit.class.getName() + ":METRE");
    }

    @Test
    void severalArgumentsAreOneText() {
        assertThat(keys.encode(new SimpleKey(42L, "sv", null))).isEqualTo("~(~long:42,sv,~null)");
        assertThat(keys.encode(SimpleKey.EMPTY)).isEqualTo("~()");
        assertThat(keys.encode(List.of("find", 42))).isEqualTo("~[find,~int:42]");
    }

    @Test
    void aCommaInAnArgumentSeparatesNothing() {
        assertThat(keys.encode(new SimpleKey("a,b", "c"))).isNotEqualTo(keys.encode(new SimpleKey("a", "b,c")));
        assertThat(keys.encode(new SimpleKey("a\\", "b"))).isNotEqualTo(keys.encode(new SimpleKey("a\\,b")));
    }

    @Test
    void keysThatAreNotEqualNeverShareAText() {
        Random random = new Random(22);
        Map<String, Object> keyOfText = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            Object key = randomKey(random, 2);
            Object other = keyOfText.putIfAbsent(keys.encode(key), key);
            assertThat(other == null || other.equals(key))
                    .as("%s and %s are both written as %s", key, other, keys.encode(key))
                    .isTrue();
        }
    }

    @Test
    void aKeyOfAnotherClassIsRefusedWithItsClassAndARemedy() {
        record UserId(long value) {}

        assertThatThrownBy(() -> keys.encode(new SimpleKey("a", new UserId(42))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'users'", UserId.class.getName(), "key = \"#id.value\"");
    }

    private static Object randomKey(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> randomText(random);
            case 1 -> random.nextInt(3);
            case 2 -> random.nextLong(3);
            case 3 -> BigInteger.valueOf(random.nextInt(3));
            case 4 -> random.nextBoolean();
            case 5 -> (char) ('+' + random.nextInt(3));
            case 6 -> new SimpleKey(randomKeys(random, depth));
            default -> Arrays.asList(randomKeys(random, depth));
        };
    }

    private static @Nullable Object[] randomKeys(Random random, int depth) {
        @Nullable Object[] parts = new Object[random.nextInt(4)];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = random.nextInt(5) == 0 ? null : randomKey(random, depth - 1);
        }
        return parts;
    }

    private static String randomText(Random random) {
        List<String> pieces = List.of("~", ",", "\\", "(", ")", "int:", "1", "a", "string:", "[", "null");
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }

    private enum Unit {
        METRE {
            @Override
            public String toString() {
                return "m";
            }
        }
    }
}
