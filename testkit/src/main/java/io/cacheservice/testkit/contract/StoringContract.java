package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheMemoryException;
import io.cacheservice.CacheService;
import io.cacheservice.WriteOutcome;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value goes in and comes out. */
abstract class StoringContract extends TierContract {
    @Test
    void aKeyNeverSetIsAbsent() {
        assertThat(service().get("nobody")).isNull();
    }

    @Test
    void aSetValueIsReadBack() {
        assertThat(service().set("k", bytes("value"), LIFE)).isEqualTo(WriteOutcome.APPLIED);
        assertThat(service().get("k")).isEqualTo(bytes("value"));
    }

    @Test
    void aLaterSetReplacesAnEarlierOne() {
        service().set("k", bytes("first"), LIFE);
        service().set("k", bytes("second"), LIFE);

        assertThat(text(service().get("k"))).isEqualTo("second");
    }

    @Test
    void aDeletedKeyIsAbsent() {
        service().set("k", bytes("value"), LIFE);

        assertThat(service().delete("k")).isEqualTo(WriteOutcome.APPLIED);
        assertThat(service().get("k")).isNull();
    }

    @Test
    void deletingAKeyThatIsNotThereIsApplied() {
        assertThat(service().delete("nobody")).isEqualTo(WriteOutcome.APPLIED);
    }

    @Test
    void deletingOneKeyLeavesTheOthers() {
        service().set("a", bytes("1"), LIFE);
        service().set("b", bytes("2"), LIFE);

        service().delete("a");

        assertThat(text(service().get("b"))).isEqualTo("2");
    }

    @Test
    void aDeletedKeyCanBeSetAgain() {
        service().set("k", bytes("first"), LIFE);
        service().delete("k");
        service().set("k", bytes("second"), LIFE);

        assertThat(text(service().get("k"))).isEqualTo("second");
    }

    @Test
    void anEmptyValueIsAValue() {
        service().set("k", new byte[0], LIFE);

        assertThat(service().get("k")).isNotNull().isEmpty();
        assertThat(service().lookup("k").isHit()).isTrue();
    }

    @Test
    void everyByteComesBackAsItWas() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        service().set("k", all, LIFE);

        assertThat(service().get("k")).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4_095, 65_536, 262_143, 262_144, 262_145, 3_000_000})
    void aValueOfAnySizeComesBackWhole(int size) {
        byte[] value = new byte[size];
        new Random(size).nextBytes(value);

        service().set("k", value, LIFE);

        assertThat(service().get("k")).isEqualTo(value);
    }

    @Test
    void aValueLargerThanTheBoundIsRefusedAndNotStored() {
        CacheService small = open(settings -> settings.maxValueBytes(1_000));

        assertThatThrownBy(() -> small.set("k", new byte[2_000], LIFE))
                .isInstanceOf(CacheMemoryException.class)
                .hasMessageContaining("maxValueBytes");
        assertThat(small.get("k")).isNull();
    }
}
