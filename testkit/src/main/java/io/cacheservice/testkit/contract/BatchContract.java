package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.BatchOutcome;
import io.cacheservice.SourceException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many keys in one call. */
abstract class BatchContract extends TierContract {
    private static Map<String, byte[]> entries(int count) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            entries.put("k" + i, bytes("v" + i));
        }
        return entries;
    }

    @Test
    void aBatchOfWritesIsReadBack() {
        BatchOutcome outcome = service().setAll(entries(3), LIFE);

        assertThat(outcome.applied()).isEqualTo(3);
        assertThat(outcome.complete()).isTrue();
        assertThat(text(service().get("k2"))).isEqualTo("v2");
    }

    @Test
    void aBatchOfReadsComesInRequestOrder() {
        service().setAll(entries(9), LIFE);

        assertThat(service().getAll(List.of("k7", "k0", "k8", "k3")).keySet()).containsExactly("k7", "k0", "k8", "k3");
    }

    @Test
    void absentKeysAreLeftOut() {
        service().setAll(entries(2), LIFE);

        assertThat(service().getAll(List.of("k0", "nobody", "k1")).keySet()).containsExactly("k0", "k1");
    }

    @Test
    void aKeyAskedForTwiceIsAnsweredOnceAtItsFirstPlace() {
        service().setAll(entries(3), LIFE);

        assertThat(service().getAll(List.of("k2", "k0", "k2", "k1", "k0")).keySet())
                .containsExactly("k2", "k0", "k1");
    }

    @Test
    void emptyBatchesDoNothing() {
        assertThat(service().getAll(List.of())).isEmpty();
        assertThat(service().setAll(Map.of(), LIFE)).isEqualTo(new BatchOutcome(0, 0, 0, Map.of()));
        assertThat(service().deleteAll(List.of())).isEqualTo(new BatchOutcome(0, 0, 0, Map.of()));
    }

    @Test
    void theAnswerOfABatchCannotBeModified() {
        service().setAll(entries(2), LIFE);
        Map<String, byte[]> answer = service().getAll(List.of("k0", "k1"));

        assertThatThrownBy(() -> answer.put("k2", bytes("mine"))).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> answer.remove("k0")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aBatchMayBeLargerThanAThousandKeys() {
        Map<String, byte[]> entries = entries(2_500);
        List<String> backwards = new ArrayList<>(entries.keySet());
        Collections.reverse(backwards);

        assertThat(service().setAll(entries, LIFE).applied()).isEqualTo(2_500);
        Map<String, byte[]> read = service().getAll(backwards);
        assertThat(read.keySet()).containsExactlyElementsOf(backwards);
        entries.forEach((key, value) -> assertThat(read.get(key)).isEqualTo(value));

        assertThat(service().deleteAll(backwards).applied()).isEqualTo(2_500);
        assertThat(service().getAll(backwards)).isEmpty();
    }

    @Test
    void deletingABatchLeavesTheOthers() {
        service().setAll(entries(4), LIFE);

        assertThat(service().deleteAll(List.of("k0", "k2", "k2")).complete()).isTrue();
        assertThat(service().getAll(entries(4).keySet()).keySet()).containsExactly("k1", "k3");
    }

    @Test
    void deletingABatchOfAbsentKeysIsApplied() {
        assertThat(service().deleteAll(List.of("a", "b"))).isEqualTo(new BatchOutcome(2, 0, 0, Map.of()));
    }

    @Test
    void aBatchReplacesWhatWasThere() {
        service().set("k0", bytes("old"), LIFE);
        service().setAll(entries(1), LIFE);

        assertThat(text(service().get("k0"))).isEqualTo("v0");
    }

    @Test
    void sourcesAreAskedForWhatIsMissing() {
        RecordingLoader<String, byte[]> source = new RecordingLoader<>(key -> bytes("loaded " + key));
        service().source("k*", source);
        service().set("k1", bytes("kept"), LIFE);

        Map<String, byte[]> read = service().getAll(List.of("k0", "k1", "other", "k2"));

        assertThat(read.keySet()).containsExactly("k0", "k1", "k2");
        assertThat(text(read.get("k0"))).isEqualTo("loaded k0");
        assertThat(text(read.get("k1"))).isEqualTo("kept");
        assertThat(source.keys()).containsExactlyInAnyOrder("k0", "k2");
        assertThat(text(service().get("k2"))).isEqualTo("loaded k2");
        assertThat(source.calls()).isEqualTo(2);
    }

    @Test
    void aSourceThatFailsInABatchIsNotTakenForAbsence() {
        service().source("bad", key -> {
            throw new IllegalStateException("no database");
        });
        service().set("good", bytes("value"), LIFE);

        assertThatThrownBy(() -> service().getAll(List.of("good", "bad")))
                .isInstanceOf(SourceException.class)
                .hasRootCauseMessage("no database");
    }
}
