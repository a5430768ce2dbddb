package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfigException;
import io.cacheservice.EntryFormat;
import io.cacheservice.LoadContext;
import io.cacheservice.WriteOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags: labels that invalidate many entries at once. */
abstract class TagContract extends TierContract {
    private final Source source = new Source();

    @AfterEach
    void letLoadsEnd() {
        source.goOn();
    }

    /** Values carry their first letter as a tag, and "all". */
    private Cache<String, String> tagged() {
        return texts("t").ttl(LIFE).tags(TagContract::tagsOf).open();
    }

    private static Set<String> tagsOf(String key, String value) {
        return Set.of("letter:" + value.charAt(0), "all");
    }

    private Cache<String, String> loadingTagged() {
        return texts("t").ttl(LIFE).tags(TagContract::tagsOf).loader(source).open();
    }

    /** The loader names the tag "rows". */
    private Cache<String, String> taggedByItsLoader() {
        return texts("t")
                .ttl(LIFE)
                .loader((String key, LoadContext<String> context) -> {
                    context.tag("rows");
                    return source.load(key);
                })
                .open();
    }

    @Test
    void whatCarriesTheTagIsGoneAndTheRestStays() {
        Cache<String, String> cache = tagged();
        cache.put("1", "apple");
        cache.putAll(Map.of("2", "avocado", "3", "banana"));

        assertThat(cache.invalidateTag("letter:a")).isEqualTo(WriteOutcome.APPLIED);

        assertThat(cache.get("1")).isNull();
        assertThat(cache.getAll(List.of("1", "2", "3"))).isEqualTo(Map.of("3", "banana"));
        assertThat(cache.stats().removals()).isEqualTo(1);
    }

    @Test
    void anyOfItsTagsEndsAnEntry() {
        Cache<String, String> cache = tagged();
        cache.put("1", "apple");
        cache.put("2", "banana");
        cache.invalidateTag("all");

        assertThat(cache.get("1")).isNull();
        assertThat(cache.get("2")).isNull();
    }

    @Test
    void whatIsWrittenAfterwardsLives() {
        Cache<String, String> cache = tagged();
        cache.put("1", "apple");
        cache.invalidateTag("letter:a");
        cache.put("1", "avocado");

        assertThat(cache.get("1")).isEqualTo("avocado");
    }

    @Test
    void forAConditionalWriteItIsAbsent() {
        Cache<String, String> cache = tagged();
        cache.put("1", "apple");
        cache.invalidateTag("letter:a");

        assertThat(cache.putIfAbsent("1", "avocado")).isTrue();
        assertThat(cache.get("1")).isEqualTo("avocado");
        assertThat(cache.putIfAbsent("1", "apricot")).isFalse();
    }

    @Test
    void aTagThatNobodyCarriesEndsNothing() {
        Cache<String, String> cache = tagged();
        cache.put("1", "apple");

        assertThat(cache.invalidateTag("nobody")).isEqualTo(WriteOutcome.APPLIED);
        assertThat(cache.get("1")).isEqualTo("apple");
    }

    @Test
    void aTagIsOfItsCacheOnly() {
        Cache<String, String> cache = tagged();
        Cache<String, String> other =
                texts("other").ttl(LIFE).tags(TagContract::tagsOf).open();
        cache.put("1", "apple");
        other.put("1", "apple");
        cache.invalidateTag("letter:a");

        assertThat(cache.get("1")).isNull();
        assertThat(other.get("1")).isEqualTo("apple");
    }

    @Test
    void whatWasLoadedCarriesItsTagsToo() {
        Cache<String, String> cache = loadingTagged();
        cache.get("k");
        cache.invalidateTag("letter:r");

        assertThat(cache.get("k")).isEqualTo("row 2");
        assertThat(cache.get("k")).isEqualTo("row 2");
    }

    @Test
    void aLoaderMayNameTags() {
        Cache<String, String> cache = taggedByItsLoader();
        cache.get("k");
        cache.invalidateTag("others");
        assertThat(cache.get("k")).isEqualTo("row 1");
        cache.invalidateTag("rows");

        assertThat(cache.get("k")).isEqualTo("row 2");
    }

    @Test
    void alsoOfWhatIsNotThere() {
        Cache<String, String> cache = texts("t")
                .ttl(LIFE)
                .nullTtl(LIFE)
                .loader((String key, LoadContext<String> context) -> {
                    context.tag("rows");
                    return source.load(key).equals("row 1") ? null : "inserted";
                })
                .open();
        assertThat(cache.get("k")).isNull();
        cache.invalidateTag("rows");

        assertThat(cache.get("k")).isEqualTo("inserted");
    }

    @Test
    void aLoadThatBeganBeforeIsGivenToItsReaderAndNotKept() throws Exception {
        Cache<String, String> cache = loadingTagged();
        source.stop();
        var reading = cache.async().get("k");
        source.awaitLoads(1);
        cache.invalidateTag("letter:r");
        source.goOn();

        assertThat(reading.get(20, TimeUnit.SECONDS)).isEqualTo("row 1");
        assertThat(cache.get("k")).isEqualTo("row 2");
    }

    @Test
    void norIsOneWhoseLoaderNamesTheTag() throws Exception {
        Cache<String, String> cache = taggedByItsLoader();
        source.stop();
        var reading = cache.async().get("k");
        source.awaitLoads(1);
        cache.invalidateTag("rows");
        source.goOn();

        assertThat(reading.get(20, TimeUnit.SECONDS)).isEqualTo("row 1");
        assertThat(cache.get("k")).isEqualTo("row 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0001"})
    void whatCanBeNoTagIsRefused(String tag) {
        Cache<String, String> cache =
                texts("t").tags((key, value) -> Set.of(tag)).open();

        assertThatThrownBy(() -> cache.invalidateTag(tag))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 512 characters");
        assertThatThrownBy(() -> cache.put("k", "value"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 512 characters");
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void anEntryCarriesAtMost63Tags() {
        Cache<String, String> cache = texts("t")
                .tags((key, value) -> IntStream.range(0, Integer.parseInt(value))
                        .mapToObj(number -> "tag " + number)
                        .collect(Collectors.toSet()))
                .open();
        cache.put("k", "63");
        assertThatThrownBy(() -> cache.put("k", "64"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 tags");
        cache.invalidateTag("tag 62");

        assertThat(cache.get("k")).isNull();
    }

    @Test
    void aLoadedValueWithTagsThatCanBeNoneIsGivenAndNotKept() {
        Cache<String, String> cache =
                texts("t").tags((key, value) -> Set.of("")).loader(source).open();

        assertThat(cache.get("k")).isEqualTo("row 1");
        assertThat(cache.getIfPresent("k")).isNull();
    }

    @Test
    void rawEntriesHaveNoPlaceForTags() {
        assertThatThrownBy(() -> texts("t")
                        .format(EntryFormat.RAW)
                        .tags(TagContract::tagsOf)
                        .open())
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("FRAMED");
    }
}
