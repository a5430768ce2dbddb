package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.EntryOptions;
import io.cacheservice.EntryVersion;
import io.cacheservice.Lookup;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Compare-and-set, set-if-absent and take: what each does for one caller. */
abstract class AtomicsContract extends TierContract {
    private EntryVersion version(String key) {
        return hit(service().lookup(key)).version().orElseThrow();
    }

    @Test
    void setIfAbsentStoresWhereNothingIs() {
        assertThat(service().setIfAbsent("k", bytes("value"), LIFE)).isTrue();
        assertThat(text(service().get("k"))).isEqualTo("value");
    }

    @Test
    void setIfAbsentLeavesWhatIsThere() {
        service().set("k", bytes("first"), LIFE);

        assertThat(service().setIfAbsent("k", bytes("second"), LIFE)).isFalse();
        assertThat(text(service().get("k"))).isEqualTo("first");
    }

    @Test
    void setIfAbsentLeavesAnEmptyValue() {
        service().set("k", new byte[0], LIFE);

        assertThat(service().setIfAbsent("k", bytes("second"), LIFE)).isFalse();
    }

    @Test
    void setIfAbsentThatStoresNothingProlongsNoLife() {
        service().set("k", bytes("first"), Duration.ofSeconds(10));
        service().setIfAbsent("k", bytes("second"), LIFE);
        advance(Duration.ofSeconds(10));

        assertThat(service().get("k")).isNull();
    }

    @Test
    void whatSetIfAbsentStoredExpires() {
        service().setIfAbsent("k", bytes("value"), Duration.ofSeconds(10));
        advanceToTheLastMomentOf(Duration.ofSeconds(10));
        assertThat(service().get("k")).isNotNull();
        advanceToTheEnd();
        assertThat(service().get("k")).isNull();
    }

    @Test
    void setIfAbsentAsksNoSource() {
        RecordingLoader<String, byte[]> source = new RecordingLoader<>(key -> bytes("loaded"));
        service().source("k", source);

        assertThat(service().setIfAbsent("k", bytes("mine"), LIFE)).isTrue();
        assertThat(text(service().get("k"))).isEqualTo("mine");
        assertThat(source.calls()).isZero();
    }

    @Test
    void replaceStoresOverTheVersionSeen() {
        service().set("k", bytes("first"), LIFE);

        assertThat(service().replace("k", version("k"), bytes("second"), LIFE)).isTrue();
        assertThat(text(service().get("k"))).isEqualTo("second");
    }

    @Test
    void replaceLeavesAnEntryThatWasWrittenSince() {
        service().set("k", bytes("first"), LIFE);
        EntryVersion seen = version("k");
        service().set("k", bytes("first"), LIFE);

        assertThat(service().replace("k", seen, bytes("second"), LIFE)).isFalse();
        assertThat(text(service().get("k"))).isEqualTo("first");
    }

    @Test
    void replaceDoesNotReviveADeletedEntry() {
        service().set("k", bytes("first"), LIFE);
        EntryVersion seen = version("k");
        service().delete("k");

        assertThat(service().replace("k", seen, bytes("second"), LIFE)).isFalse();
        assertThat(service().get("k")).isNull();
    }

    @Test
    void aVersionIsGoodForOneReplace() {
        service().set("k", bytes("first"), LIFE);
        EntryVersion seen = version("k");

        assertThat(service().replace("k", seen, bytes("second"), LIFE)).isTrue();
        assertThat(service().replace("k", seen, bytes("third"), LIFE)).isFalse();
        assertThat(version("k")).isNotEqualTo(seen);
    }

    @Test
    void theVersionOfOneKeyIsNotThatOfAnother() {
        service().set("a", bytes("same"), LIFE);
        service().set("b", bytes("same"), LIFE);

        assertThat(service().replace("b", version("a"), bytes("other"), LIFE)).isFalse();
    }

    @Test
    void replaceBeginsALifeOfItsOwn() {
        service().set("k", bytes("first"), Duration.ofSeconds(10));
        service().replace("k", version("k"), bytes("second"), Duration.ofSeconds(60));
        advanceToTheLastMomentOf(Duration.ofSeconds(60));
        assertThat(service().get("k")).isNotNull();
        advanceToTheEnd();
        assertThat(service().get("k")).isNull();
    }

    @Test
    void deleteRemovesTheVersionSeen() {
        service().set("k", bytes("value"), LIFE);

        assertThat(service().delete("k", version("k"))).isTrue();
        assertThat(service().get("k")).isNull();
    }

    @Test
    void deleteLeavesAnEntryThatWasWrittenSince() {
        service().set("k", bytes("first"), LIFE);
        EntryVersion seen = version("k");
        service().set("k", bytes("first"), LIFE);

        assertThat(service().delete("k", seen)).isFalse();
        assertThat(text(service().get("k"))).isEqualTo("first");
    }

    @Test
    void aVersionIsGoodForOneDelete() {
        service().set("k", bytes("value"), LIFE);
        EntryVersion seen = version("k");
        service().delete("k", seen);

        assertThat(service().delete("k", seen)).isFalse();
    }

    @Test
    void deleteOfAVersionThatHasExpiredRemovesNothing() {
        service().set("k", bytes("value"), SECOND);
        EntryVersion seen = version("k");
        advance(SECOND);

        assertThat(service().delete("k", seen)).isFalse();
    }

    @Test
    void aCounterIsDeletedByTheVersionOfItsSum() {
        service().increment("n", 1, LIFE);
        EntryVersion seen = version("n");
        service().increment("n", 1, LIFE);

        assertThat(service().delete("n", seen)).isFalse();
        assertThat(service().delete("n", version("n"))).isTrue();
        assertThat(service().get("n")).isNull();
    }

    @Test
    void deleteOfAVersionIsARemovalOnlyIfItRemoved() {
        service().set("k", bytes("value"), LIFE);
        EntryVersion seen = version("k");
        service().delete("k", seen);
        service().delete("k", seen);

        assertThat(service().stats().removals()).isEqualTo(1);
    }

    @Test
    void getAndDeleteTakesWhatWasThere() {
        service().set("k", bytes("value"), LIFE);

        assertThat(text(service().getAndDelete("k"))).isEqualTo("value");
        assertThat(service().get("k")).isNull();
        assertThat(service().getAndDelete("k")).isNull();
    }

    @Test
    void getAndDeleteAsksNoSource() {
        RecordingLoader<String, byte[]> source = new RecordingLoader<>(key -> bytes("loaded"));
        service().source("k", source);

        assertThat(service().getAndDelete("k")).isNull();
        assertThat(source.calls()).isZero();
    }

    @Test
    void aLoadedEntryCanBeReplaced() {
        service().get("k", LIFE, key -> bytes("loaded"));
        Lookup<byte[]> seen = service().lookup("k");

        assertThat(service().replace("k", hit(seen).version().orElseThrow(), bytes("new"), LIFE))
                .isTrue();
    }

    @Test
    void setIfAbsentKeepsWhatItsOptionsSay() {
        EntryOptions json = EntryOptions.noExpiry().withContentType("application/json");

        assertThat(service().setIfAbsent("k", bytes("{}"), json)).isTrue();
        assertThat(service().setIfAbsent("k", bytes("[]"), json)).isFalse();

        assertThat(hit(service().lookup("k")).contentType()).contains("application/json");
        assertThat(hit(service().lookup("k")).remaining()).isEmpty();
        assertThat(text(service().get("k"))).isEqualTo("{}");
    }

    @Test
    void replaceKeepsWhatItsOptionsSay() {
        service().set("k", bytes("{}"), EntryOptions.ttl(SECOND).withContentType("application/json"));

        assertThat(service().replace("k", version("k"), bytes("text"), EntryOptions.noExpiry()))
                .isTrue();

        assertThat(hit(service().lookup("k")).contentType()).isEmpty();
        assertThat(hit(service().lookup("k")).remaining()).isEmpty();
        assertThat(text(service().get("k"))).isEqualTo("text");
    }
}
