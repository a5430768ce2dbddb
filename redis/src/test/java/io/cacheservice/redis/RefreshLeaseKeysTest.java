package io.cacheservice.redis;

import static io.cacheservice.redis.Tiers.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.redis.internal.topology.KeySlot;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshLeaseKeysTest {
    private final RefreshLeaseKeys keys = new RefreshLeaseKeys("cache:");

    @Test
    void theKeyOfALeaseIsItsPrefixAHashTagAndTheKey() {
        assertThat(new String(keys.of(bytes("cache::user:42")), UTF_8)).isEqualTo("cache:~l:{goj}:cache::user:42");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"k", "", "a{b}c", "foo}bar", "{}x", "a}{b}", "{", "}", "}:", "{a}:{b}", "cache::k{}", "\u00e9"})
    void aLeaseIsInTheSlotOfItsKeyAndNamesIt(String key) {
        byte[] lease = keys.of(bytes(key));

        assertThat(KeySlot.of(lease)).isEqualTo(KeySlot.of(bytes(key)));
        assertThat(new String(keys.subject(lease), UTF_8)).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "", "cache::k", "cache:~canary", "cache:~l:{", "cache:~l:{x", "other:~l:{x}:k"})
    void whatIsNoLeaseIsItself(String key) {
        assertThat(new String(keys.subject(bytes(key)), UTF_8)).isEqualTo(key);
    }

    @Test
    void eachSlotHasAShortTagOfItsOwn() {
        assertThat(IntStream.range(0, KeySlot.COUNT)).allSatisfy(slot -> {
            assertThat(SlotTags.tag(slot)).hasSizeLessThanOrEqualTo(4).matches("[0-9a-z]+");
            assertThat(KeySlot.of(bytes(SlotTags.tag(slot)))).isEqualTo(slot);
        });
    }
}
