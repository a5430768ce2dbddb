package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cacheservice.Cache;
import io.cacheservice.CacheSerializationException;
import io.cacheservice.ErrorKind;
import io.cacheservice.Lookup;
import io.cacheservice.Reason;
import io.cacheservice.spi.ValueCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values that cannot be written, and bytes that cannot be read. */
abstract class CodecContract extends TierContract {
    /** Refuses to write what begins with {@code unwritable} and to read what begins with {@code unreadable}. */
    private record Moody() implements ValueCodec<String> {
        @Override
        public int id() {
            return 203;
        }

        @Override
        public byte[] encode(String value) throws IOException {
            if (value.startsWith("unwritable")) {
                throw new IOException("cannot write that");
            }
            if (value.startsWith("bottomless")) {
                throw new StackOverflowError("a value that refers to itself");
            }
            return bytes(value);
        }

        @Override
        public @Nullable String decode(byte[] bytes, int offset, int length) throws IOException {
            String value = new TextCodec().decode(bytes, offset, length);
            if (value.startsWith("unreadable")) {
                throw new IOException("cannot read that");
            }
            return value.startsWith("no value") ? null : value;
        }
    }

    private Cache<String, String> moody() {
        return service().cache("moody", String.class).codec(new Moody()).open();
    }

    @Test
    void aValueThatCannotBeWrittenIsRefusedWithItsCause() {
        assertThatThrownBy(() -> moody().put("k", "unwritable"))
                .isInstanceOf(CacheSerializationException.class)
                .hasMessageContaining("'k'")
                .hasRootCauseMessage("cannot write that");
        assertThat(service().stats().errors()).containsEntry(ErrorKind.SERIALIZATION, 1L);
    }

    @Test
    void aValueThatCannotBeWrittenIsNotStored() {
        Cache<String, String> cache = moody();

        assertThatThrownBy(() -> cache.put("k", "unwritable")).isInstanceOf(CacheSerializationException.class);
        assertThat(cache.lookup("k").isHit()).isFalse();
        assertThat(cache.stats().puts()).isZero();
    }

    @Test
    void aValueThatCannotBeWrittenLeavesTheOthersOfItsBatch() {
        Cache<String, String> cache = moody();
        var outcome = cache.putAll(Map.of("good", "value", "bad", "unwritable"));

        assertThat(outcome.applied()).isEqualTo(1);
        assertThat(outcome.failures()).hasSize(1).containsKey("bad");
        assertThat(outcome.failures().get("bad")).isInstanceOf(CacheSerializationException.class);
        assertThat(cache.get("good")).isEqualTo("value");
        assertThat(cache.get("bad")).isNull();
    }

    @Test
    void aLoadedValueThatCannotBeWrittenIsGivenToItsCallerAndNotKept() {
        Cache<String, String> cache = moody();

        assertThat(cache.get("k", key -> "unwritable")).isEqualTo("unwritable");
        assertThat(cache.getIfPresent("k")).isNull();
        assertThat(cache.stats().errors()).containsEntry(ErrorKind.SERIALIZATION, 1L);
    }

    @Test
    void aCodecThatOverflowsTheStackLeavesNobodyWaiting() {
        Cache<String, String> cache = moody();

        assertThat(cache.async().get("k", key -> "bottomless").handle((value, error) -> "ended"))
                .succeedsWithin(Duration.ofSeconds(10));
        assertThat(cache.get("k", key -> "loaded")).isEqualTo("loaded");
    }

    @Test
    void bytesThatCannotBeReadAreACountedMiss() {
        assumeTrue(tier().decodesOnRead(), "this tier keeps the decoded object");
        Cache<String, String> cache = moody();
        for (String value : List.of("unreadable", "no value")) {
            cache.put("k", value);

            assertThat(cache.lookup("k")).isEqualTo(new Lookup.Absent<String>(tier().tier(), Reason.UNDECODABLE));
        }
        assertThat(cache.stats().undecodable()).isEqualTo(2);
        assertThat(cache.stats().misses()).isEqualTo(2);
        assertThat(cache.stats().errorCount()).isZero();
    }

    @Test
    void bytesThatCannotBeReadAreLoadedAgain() {
        assumeTrue(tier().decodesOnRead(), "this tier keeps the decoded object");
        Cache<String, String> cache = moody();
        cache.put("k", "unreadable");

        assertThat(cache.get("k", key -> "loaded")).isEqualTo("loaded");
        assertThat(cache.get("k")).isEqualTo("loaded");
    }
}
