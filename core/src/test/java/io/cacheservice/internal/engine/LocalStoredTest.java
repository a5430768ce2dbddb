package io.cacheservice.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheClosedException;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.EntryDetails;
import io.cacheservice.EntryOptions;
import io.cacheservice.KeyPage;
import io.cacheservice.Lookup;
import io.cacheservice.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalStoredTest {
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final CacheService service = CacheService.open(CacheConfig.builder().build());

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void theKeysAreListedOnceAndInOrderWhateverIsWrittenMeanwhile() {
        for (int i = 0; i < 250; i++) {
            service.set("user:%03d".formatted(i), bytes("v"), LIFE);
            service.set("other:" + i, bytes("v"), LIFE);
        }
        List<String> listed = new ArrayList<>();
        KeyPage page = service.stored().keys("user:", null);
        listed.addAll(page.keys());
        assertThat(page.keys()).hasSize(100);
        while (page.next() != null) {
            service.set("user:000" + listed.size(), bytes("new"), LIFE);
            page = service.stored().keys("user:", page.next());
            listed.addAll(page.keys());
        }

        assertThat(listed).hasSize(250).isSorted().doesNotHaveDuplicates().allMatch(key -> key.startsWith("user:"));
    }

    @Test
    void anEntryIsToldWithoutCountingAsRead() {
        service.set("k", bytes("value"), EntryOptions.ttl(LIFE).withContentType("text/plain"));

        EntryDetails details = service.stored().inspect("k");

        assertThat(details.tier()).isEqualTo(Tier.LOCAL);
        assertThat(details.place()).isEmpty();
        EntryDetails.Stored stored = details.stored().orElseThrow();
        assertThat(stored.format()).isEqualTo(EntryDetails.Format.OBJECT);
        assertThat(stored.valueBytes()).isEqualTo(OptionalLong.of(5));
        assertThat(stored.header().orElseThrow().contentType()).contains("text/plain");
        assertThat(service.stored().inspect("absent").stored()).isEmpty();
        assertThat(service.stats().hitCount() + service.stats().misses()).isZero();
    }

    @Test
    void aNewLifeMakesAnotherVersionOfTheSameValue() {
        service.set("k", bytes("value"), LIFE);
        Lookup.Hit<byte[]> before = (Lookup.Hit<byte[]>) service.lookup("k");

        assertThat(service.stored().setLife("k", Duration.ofHours(2))).isTrue();

        Lookup.Hit<byte[]> after = (Lookup.Hit<byte[]>) service.lookup("k");
        assertThat(after.valueOrNull()).isEqualTo(bytes("value"));
        assertThat(after.version()).isNotEqualTo(before.version());
        assertThat(after.remaining().orElseThrow()).isGreaterThan(Duration.ofMinutes(110));
        assertThat(service.stored().setLife("k", null)).isTrue();
        assertThat(((Lookup.Hit<byte[]>) service.lookup("k")).remaining()).isEmpty();
        assertThat(service.stored().setLife("absent", LIFE)).isFalse();
    }

    @Test
    void aClosedServiceTellsNothing() {
        service.close();

        assertThatThrownBy(() -> service.stored().keys("", null)).isInstanceOf(CacheClosedException.class);
        assertThatThrownBy(() -> service.stored().inspect("k")).isInstanceOf(CacheClosedException.class);
        assertThatThrownBy(() -> service.stored().setLife("k", null)).isInstanceOf(CacheClosedException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
