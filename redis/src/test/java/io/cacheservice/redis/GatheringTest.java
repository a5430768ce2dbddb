package io.cacheservice.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private final Gathering gathering = new Gathering();

    @Test
    void nothingIsGatheredBeforeValuesWereSeenToBeSmall() {
        assertThat(gathering.takes(read("a"))).isFalse();

        smallValues(500);

        assertThat(gathering.takes(read("a"))).isTrue();
    }

    @Test
    void whatWasTakenGoesOutAsOneCommand() {
        smallValues(500);

        assertThat(sent("a", "b", "c", "d")).containsExactly(CommandType.MGET);
    }

    @Test
    void twoGoOutAsTheyAre() {
        smallValues(500);

        assertThat(sent("a", "b")).containsExactly(CommandType.GETRANGE, CommandType.GETRANGE);
    }

    @Test
    void keysThatHaveNothingEndIt() {
        smallValues(500);
        for (int i = 0; i < 100; i++) {
            gathering.sawOther();
        }

        assertThat(gathering.takes(read("a"))).isFalse();
    }

    @Test
    void aFewOfThemDoNot() {
        for (int i = 0; i < 1000; i++) {
            smallValues(5);
            gathering.sawOther();
        }

        assertThat(gathering.takes(read("a"))).isTrue();
    }

    @Test
    void oneLongValueEndsItUntilManySmallOnesWereSeen() {
        smallValues(5000);
        gathering.sawBig();
        smallValues(100);
        assertThat(gathering.takes(read("a"))).isFalse();

        smallValues(100);

        assertThat(gathering.takes(read("a"))).isTrue();
    }

    @Test
    void anErrorOfTheMomentDoesNotEndItForEver() {
        smallValues(500);
        gathering.refused("LOADING Redis is loading the dataset in memory");
        assertThat(gathering.takes(read("a"))).isFalse();

        smallValues(500);

        assertThat(gathering.takes(read("a"))).isTrue();
    }

    @Test
    void aCommandThatIsForbiddenIsNotTriedAgain() {
        smallValues(500);
        gathering.refused("NOPERM this user has no permissions to run the 'mget' command");
        smallValues(5000);

        assertThat(gathering.takes(read("a"))).isFalse();
    }

    @Test
    void readsInASlotOfAClusterAreNotGathered() {
        smallValues(500);
        ReadRequest read = read("a");
        read.inSlot(7);

        assertThat(gathering.takes(read)).isFalse();
    }

    private void smallValues(int count) {
        for (int i = 0; i < count; i++) {
            gathering.sawSmall();
        }
    }

    private List<Object> sent(String... keys) {
        List<RedisCommand<byte[], byte[], ?>> out = new ArrayList<>();
        for (String key : keys) {
            assertThat(gathering.takes(read(key))).isTrue();
        }
        gathering.endRow(out);
        List<Object> types = new ArrayList<>();
        out.forEach(command -> types.add(command.getType()));
        return types;
    }

    private static ReadRequest read(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return new ReadRequest(NoRouting.INSTANCE, bytes, false, Long.MAX_VALUE, 1 << 20);
    }
}
