package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheService;
import io.cacheservice.EntryVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be a key, and that different keys are different entries. */
abstract class KeyContract extends TierContract {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "with space",
                " leading and trailing ",
                "tab\tand\nnewline",
                "a:b:c",
                "{tag}rest",
                "}{",
                "*?[a-z]",
                "../etc/passwd",
                "%2F",
                "ключ",
                "鍵",
                "e\u0301",
                "\uD83D\uDE80 rocket",
                "zero\u0000byte",
                "\"quoted\"",
                ":"
            })
    void aKeyMayHoldAnyCharacters(String key) {
        service().set(key, bytes("value of " + key), LIFE);

        assertThat(text(service().get(key))).isEqualTo("value of " + key);
        assertThat(service().getAll(List.of(key))).containsOnlyKeys(key);
        service().delete(key);
        assertThat(service().get(key)).isNull();
    }

    @Test
    void keysThatLookAlikeAreDifferentEntries() {
        List<String> alike =
                List.of("key", "Key", "key ", " key", "key:", ":key", "{key}", "k\u0000ey", "\u00E9", "e\u0301");
        alike.forEach(key -> service().set(key, bytes("<" + key + ">"), LIFE));

        alike.forEach(key -> assertThat(text(service().get(key))).isEqualTo("<" + key + ">"));
    }

    @TestFactory
    Stream<DynamicTest> anEmptyKeyIsRefused() {
        return refused("");
    }

    @TestFactory
    Stream<DynamicTest> anUnpairedSurrogateIsRefused() {
        return refused("broken \uD800 pair");
    }

    @TestFactory
    Stream<DynamicTest> aKeyLongerThanTheBoundIsRefused() {
        return refused("k".repeat(4_097));
    }

    @Test
    void aKeyAsLongAsTheBoundIsAccepted() {
        String key = "k".repeat(4_096);
        service().set(key, bytes("value"), LIFE);

        assertThat(text(service().get(key))).isEqualTo("value");
    }

    @Test
    void theLengthOfAKeyIsCountedInBytesOfUtf8() {
        CacheService strict = open(settings -> settings.maxKeyBytes(8));
        strict.set("éééé", bytes("value"), LIFE);

        assertThat(text(strict.get("éééé"))).isEqualTo("value");
        assertThatThrownBy(() -> strict.set("ééééé", bytes("value"), LIFE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxKeyBytes")
                .hasMessageContaining("10");
    }

    @Test
    void aBatchWithARefusedKeyIsRefusedWhole() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("good", bytes("1"));
        entries.put("", bytes("2"));

        assertThatThrownBy(() -> service().setAll(entries, LIFE)).isInstanceOf(IllegalArgumentException.class);
        assertThat(service().get("good")).isNull();
    }

    private Stream<DynamicTest> refused(String key) {
        return calls(key).entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(
                        call.getKey(),
                        () -> assertThatThrownBy(() -> call.getValue().call())
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessageContaining("key")));
    }

    private Map<String, Callable<?>> calls(String key) {
        byte[] value = bytes("value");
        Map<String, Callable<?>> calls = new LinkedHashMap<>();
        calls.put("get", () -> service().get(key));
        calls.put("get with loader", () -> service().get(key, LIFE, k -> value));
        calls.put("lookup", () -> service().lookup(key));
        calls.put("set", () -> service().set(key, value));
        calls.put("set with ttl", () -> service().set(key, value, LIFE));
        calls.put("delete", () -> service().delete(key));
        calls.put("getAll", () -> service().getAll(List.of("good", key)));
        calls.put("setAll", () -> service().setAll(Map.of(key, value), LIFE));
        calls.put("deleteAll", () -> service().deleteAll(List.of("good", key)));
        calls.put("setIfAbsent", () -> service().setIfAbsent(key, value, LIFE));
        calls.put("getAndDelete", () -> service().getAndDelete(key));
        calls.put("delete of a version", () -> service().delete(key, EntryVersion.parse("0123456789abcdef")));
        calls.put("increment", () -> service().increment(key, 1, LIFE));
        calls.put("refreshProbabilistic", () -> service().refreshProbabilistic(key, LIFE, 1));
        calls.put("async get, at once", () -> service().async().get(key).join());
        calls.put(
                "async set, at once",
                () -> service().async().set(key, value, LIFE).join());
        return calls;
    }
}
