package io.cacheservice.redis.internal.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterViewTest {
    private static final NodeAddress FROM = new NodeAddress("10.0.0.9", 6379);

    @Test
    void slotsAreThoseOfAllRangesWithoutThoseOnTheirWay() {
        ClusterView view = Objects.requireNonNull(
                ClusterView.parse(node("10.0.0.1:7000@17000", "0 2-4 16383 [9->-b]"), List.of(), FROM));

        ClusterView.Member member = view.members().get(0);
        assertThat(member.address()).isEqualTo(new NodeAddress("10.0.0.1", 7000));
        assertThat(member.slots().stream()).containsExactly(0, 2, 3, 4, 16383);
    }

    @ParameterizedTest
    @ValueSource(strings = {"16384", "0-16384", "0-1631129748", "1631129748", "+1631129748", "99999999999999999999"})
    void aSlotThatNoClusterHasMakesItNoView(String slots) {
        assertThat(ClusterView.parse(node("10.0.0.1:7000@17000", slots), List.of(), FROM))
                .isNull();
    }

    @Test
    void aReturnInALineHidesNoSlot() {
        String nodes = node("10.0.0.1:7000@17000", "1631129748").replace("connected", "conn\rcted");

        assertThat(ClusterView.parse(nodes, List.of(), FROM)).isNull();
    }

    @Test
    void aNodeIsLeftOutAtWhosePortNoServerCanBe() {
        String nodes =
                node("10.0.0.1:0@0", "0") + node("10.0.0.1:7000@17000", "1").replace("a ", "b ");

        ClusterView view = Objects.requireNonNull(ClusterView.parse(nodes, List.of(), FROM));

        assertThat(view.members()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 65_536, Long.MAX_VALUE})
    void aPreferredAddressCountsOnlyWhereAServerCanBe(long port) {
        List<?> slots = List.of(List.of(0L, 1L, List.of("other".getBytes(UTF_8), port, "a".getBytes(UTF_8))));

        ClusterView view = Objects.requireNonNull(ClusterView.parse(node("10.0.0.1:7000@17000", "0-1"), slots, FROM));

        assertThat(view.members().get(0).address()).isEqualTo(new NodeAddress("10.0.0.1", 7000));
    }

    private static String node(String address, String slots) {
        return "a " + address + " master - 0 0 1 connected " + slots + "\n";
    }
}
