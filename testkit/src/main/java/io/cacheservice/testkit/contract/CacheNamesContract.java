package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfigException;
import io.cacheservice.Loader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of caches, and that no two caches meet. */
abstract class CacheNamesContract extends TierContract {
    @ParameterizedTest
    @ValueSource(strings = {"users", "Users.by-Id_2", "7", "."})
    void aNameMayHaveLettersDigitsAndSomePunctuation(String name) {
        Cache<String, String> cache = openTexts(name);
        cache.put("k", "value");

        assertThat(cache.name()).isEqualTo(name);
        assertThat(cache.get("k")).isEqualTo("value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:b", "a/b", "{a}", "ключ", "a*"})
    void anyOtherNameIsRefused(String name) {
        assertThatThrownBy(() -> openTexts(name))
                .isInstanceOfAny(CacheConfigException.class, IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void theSameNameWithAnEqualPolicyIsTheSameInstance() {
        assertThat(openTexts("t")).isSameAs(openTexts("t"));
    }

    @Test
    void theSameLoaderIsAnEqualPolicy() {
        Loader<String, String> loader = key -> "loaded";

        assertThat(texts("t").loader(loader).open())
                .isSameAs(texts("t").loader(loader).open());
    }

    @Test
    void theSameNameWithAnotherTtlIsRefused() {
        openTexts("t");

        assertThatThrownBy(() -> texts("t").ttl(SECOND).open())
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("'t'")
                .hasMessageContaining("ttl");
    }

    @Test
    void theSameNameWithAnotherTypeIsRefused() {
        openTexts("t");

        assertThatThrownBy(() -> service()
                        .cache("t", City.class)
                        .codec(new City.Codec())
                        .ttl(LIFE)
                        .open())
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("'t'");
    }

    @Test
    void theSameNameWithAnotherNullTtlIsRefused() {
        openTexts("t");

        assertThatThrownBy(() -> texts("t").ttl(LIFE).nullTtl(SECOND).open()).isInstanceOf(CacheConfigException.class);
    }

    @Test
    void theFirstCacheStaysInServiceWhenASecondIsRefused() {
        Cache<String, String> cache = openTexts("t");
        cache.put("k", "value");
        assertThatThrownBy(() -> texts("t").ttl(SECOND).open()).isInstanceOf(CacheConfigException.class);

        assertThat(cache.get("k")).isEqualTo("value");
        assertThat(openTexts("t")).isSameAs(cache);
    }

    @Test
    void theSameKeyInTwoCachesIsTwoEntries() {
        Cache<String, String> first = openTexts("first");
        Cache<String, String> second = openTexts("second");
        first.put("k", "1");
        second.put("k", "2");
        first.invalidate("k");

        assertThat(first.get("k")).isNull();
        assertThat(second.get("k")).isEqualTo("2");
    }

    @Test
    void namesThatBeginAlikeDoNotMeet() {
        Cache<String, String> shorter = openTexts("a");
        Cache<String, String> longer = openTexts("a.b");
        shorter.put(".b:k", "of a");
        shorter.put("b:k", "of a too");
        longer.put("k", "of a.b");

        assertThat(shorter.get(".b:k")).isEqualTo("of a");
        assertThat(shorter.get("b:k")).isEqualTo("of a too");
        assertThat(longer.get("k")).isEqualTo("of a.b");
    }

    @Test
    void byteKeysAndCachesDoNotMeet() {
        Cache<String, String> cache = openTexts("t");
        List<String> lookAlikes = List.of("k", "t:k", "cache:t:k", ":t:k", "t::k", "b:k");
        cache.put("k", "typed");
        lookAlikes.forEach(key -> service().set(key, bytes("<" + key + ">"), LIFE));

        assertThat(cache.get("k")).isEqualTo("typed");
        lookAlikes.forEach(key -> assertThat(text(service().get(key))).isEqualTo("<" + key + ">"));
        lookAlikes.forEach(service()::delete);
        assertThat(cache.get("k")).isEqualTo("typed");
    }

    @Test
    void sourcesOfByteKeysDoNotServeCaches() {
        service().source("*", key -> bytes("of the source"));

        assertThat(openTexts("t").get("k")).isNull();
    }
}
