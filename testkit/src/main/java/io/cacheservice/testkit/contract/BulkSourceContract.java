package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cacheservice.BatchLookup;
import io.cacheservice.BulkLoader;
import io.cacheservice.CacheConfigException;
import io.cacheservice.ErrorKind;
import io.cacheservice.Lookup;
import io.cacheservice.PreWarmReport;
import io.cacheservice.Reason;
import io.cacheservice.SourceException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Read-through from sources that answer for many keys at once. */
abstract class BulkSourceContract extends TierContract {
    private final List<Set<String>> asked = new CopyOnWriteArrayList<>();

    private final BulkLoader<String, byte[]> table = keys -> {
        asked.add(Set.copyOf(keys));
        Map<String, byte[]> rows = new LinkedHashMap<>();
        keys.stream().filter(key -> !key.endsWith("none")).forEach(key -> rows.put(key, bytes("row " + key)));
        return rows;
    };

    private static List<String> texts(Collection<byte[]> values) {
        return values.stream().map(value -> String.valueOf(text(value))).toList();
    }

    @Test
    void aSingleReadAsksForOneKey() {
        service().bulkSource("user:*", LIFE, table);

        assertThat(text(service().get("user:7"))).isEqualTo("row user:7");
        assertThat(text(service().get("user:7"))).isEqualTo("row user:7");
        assertThat(service().get("user:none")).isNull();
        assertThat(asked).containsExactly(Set.of("user:7"), Set.of("user:none"));
    }

    @Test
    void aBatchAsksOnceForAllThatIsMissing() {
        service().bulkSource("user:*", LIFE, table);
        service().set("user:2", bytes("set"), LIFE);

        Map<String, byte[]> values = service().getAll(List.of("user:3", "user:2", "user:none", "user:1", "order:1"));

        assertThat(values.keySet()).containsExactly("user:3", "user:2", "user:1");
        assertThat(texts(values.values())).containsExactly("row user:3", "set", "row user:1");
        assertThat(asked).containsExactly(Set.of("user:3", "user:1", "user:none"));
    }

    @Test
    void eachSourceIsAskedForItsOwnKeysOnly() {
        RecordingLoader<String, byte[]> single = new RecordingLoader<>(key -> bytes("one " + key));
        List<Set<String>> ofOrders = new CopyOnWriteArrayList<>();
        service().source("page:*", LIFE, single);
        service().bulkSource("user:*", LIFE, table);
        service().bulkSource("order:*", LIFE, keys -> {
            ofOrders.add(Set.copyOf(keys));
            return Map.of("order:1", bytes("an order"));
        });

        Map<String, byte[]> values = service().getAll(List.of("page:1", "user:1", "order:1", "page:2", "user:2", "x"));

        assertThat(texts(values.values()))
                .containsExactly("one page:1", "row user:1", "an order", "one page:2", "row user:2");
        assertThat(single.keys()).containsExactlyInAnyOrder("page:1", "page:2");
        assertThat(asked).containsExactly(Set.of("user:1", "user:2"));
        assertThat(ofOrders).containsExactly(Set.of("order:1"));
    }

    @Test
    void whatWasLoadedIsKeptForTheLifeOfItsSource() {
        service().bulkSource("user:*", SECOND.multipliedBy(10), table);
        service().source("page:*", SECOND.multipliedBy(20), key -> bytes("page"));
        service().getAll(List.of("user:1", "page:1"));
        advanceToTheLastMomentOf(shortest(SECOND.multipliedBy(10)));
        service().get("user:1");
        assertThat(asked).hasSize(1);

        advanceFromTheShortestToTheEndOf(SECOND.multipliedBy(10));

        assertThat(service().lookup("page:1").reason()).isEqualTo(Reason.FOUND);
        assertThat(service().lookup("user:1").reason()).isEqualTo(Reason.LOADED);
        assertThat(asked).hasSize(2);
    }

    @Test
    void lookupsInABatchSayOfEachKeyWhy() {
        service().bulkSource("user:*", LIFE, table);
        service().set("user:2", bytes("set"), LIFE);

        Map<String, Lookup<byte[]>> lookups = service().lookupAll(List.of("user:1", "user:2", "user:none", "x"));

        assertThat(lookups.keySet()).containsExactly("user:1", "user:2", "user:none", "x");
        assertThat(lookups.values())
                .extracting(Lookup::reason)
                .containsExactly(Reason.LOADED, Reason.FOUND, Reason.LOADED, Reason.NOT_FOUND);
        assertThat(hit(Objects.requireNonNull(lookups.get("user:1"))).remaining())
                .isPresent();
        assertThat(asked).containsExactly(Set.of("user:1", "user:none"));
    }

    @Test
    void aKeyWhoseSourceFailsKeepsTheAnswersOfTheOthersFromNobody() {
        service().bulkSource("user:*", LIFE, table);
        service().source("page:*", LIFE, key -> {
            throw new IllegalStateException("no pages");
        });
        service().set("user:2", bytes("set"), LIFE);

        BatchLookup<String, byte[]> each =
                service().lookupEach(List.of("page:1", "user:1", "x", "user:2", "page:2", "user:none"));

        assertThat(each.complete()).isFalse();
        assertThat(each.lookups().keySet()).containsExactly("user:1", "x", "user:2", "user:none");
        assertThat(each.lookups().values())
                .extracting(Lookup::reason)
                .containsExactly(Reason.LOADED, Reason.NOT_FOUND, Reason.FOUND, Reason.LOADED);
        assertThat(each.failures().keySet()).containsExactly("page:1", "page:2");
        assertThat(each.failures().values())
                .allSatisfy(failure ->
                        assertThat(failure).isInstanceOf(SourceException.class).hasRootCauseMessage("no pages"));
        assertThat(service().stats().errors()).containsEntry(ErrorKind.SOURCE, 2L);
    }

    @Test
    void aKeyThatCannotBeOneIsRefusedBeforeAnyIsRead() {
        service().bulkSource("user:*", LIFE, table);

        assertThatThrownBy(() -> service().lookupEach(List.of("user:1", "")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void preWarmingAsksInBulkForThirtyTwoKeysAtATime() {
        service().bulkSource("user:*", LIFE, table);
        List<String> keys = IntStream.range(0, 70).mapToObj(i -> "user:" + i).toList();

        assertThat(service().preWarm(keys)).isEqualTo(new PreWarmReport(70, 0, 0, Map.of()));
        assertThat(asked).extracting(Set::size).containsExactly(32, 32, 6);
        assertThat(service().getAll(keys)).hasSize(70);
        assertThat(asked).hasSize(3);
    }

    @Test
    void aBulkSourceThatFailsFailsTheKeysItWasAskedForInAPreWarm() {
        service().source("page:*", LIFE, key -> bytes("page"));
        service().bulkSource("user:*", LIFE, keys -> {
            throw new IllegalStateException("no database");
        });

        PreWarmReport report = service().preWarm(List.of("user:1", "page:1", "user:2"));

        assertThat(report.loaded()).isEqualTo(1);
        assertThat(report.failed().keySet()).containsExactly("user:1", "user:2");
        assertThatThrownBy(() -> service().getAll(List.of("user:1", "user:2")))
                .isInstanceOf(SourceException.class)
                .hasRootCauseMessage("no database");
    }

    @Test
    void anArrayThatABulkSourceKeepsAndChangesLaterChangesNothing() {
        Map<String, byte[]> kept = new ConcurrentHashMap<>();
        service().bulkSource("user:*", LIFE, keys -> {
            keys.forEach(key -> kept.put(key, bytes("row")));
            return kept;
        });
        service().get("user:1");
        kept.values().forEach(array -> array[0] = '!');

        assertThat(text(service().get("user:1"))).isEqualTo("row");
    }

    @Test
    void aPatternHasOneSourceOfWhateverKind() {
        service().bulkSource("user:*", LIFE, table);

        assertThatThrownBy(() -> service().source("user:*", key -> null))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("user:*");
    }

    @Test
    void aRefreshAsksABulkSourceForItsKey() {
        service().bulkSource("user:*", LIFE, table);
        service().set("user:1", bytes("old"), LIFE);

        service().refreshProbabilistic("user:1", LIFE.multipliedBy(2), 1);

        await().until(() -> "row user:1".equals(text(service().get("user:1"))));
        assertThat(asked).containsExactly(Set.of("user:1"));
    }
}
