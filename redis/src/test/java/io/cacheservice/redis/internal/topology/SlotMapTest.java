package io.cacheservice.redis.internal.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SlotMapTest {
    private static final NodeAddress ASKED = new NodeAddress("10.0.0.1", 7001);
    private static final NodeAddress A = ASKED;
    private static final NodeAddress B = new NodeAddress("10.0.0.2", 7002);
    private static final NodeAddress C = new NodeAddress("10.0.0.3", 7003);

    @Test
    void slotsGoToThoseWhoClaimThem() {
        SlotMap map = SlotMap.of(List.of(view(
                line("a", A, "myself,master", "-", 1, "0-8191"), line("b", B, "master", "-", 2, "8192-16382 16383"))));
        assertThat(map.owner(0)).isEqualTo(A);
        assertThat(map.owner(8191)).isEqualTo(A);
        assertThat(map.owner(8192)).isEqualTo(B);
        assertThat(map.owner(16383)).isEqualTo(B);
        assertThat(map.owners()).containsExactlyInAnyOrder(A, B);
        assertThat(map.uncovered()).isZero();
    }

    @Test
    void aSlotThatNobodyClaimsHasNoOwner() {
        SlotMap map = SlotMap.of(List.of(view(line("a", A, "myself,master", "-", 1, "0-99 101-16383"))));
        assertThat(map.owner(100)).isNull();
        assertThat(map.uncovered()).isEqualTo(1);
    }

    @Test
    void amongClaimsTheHigherEpochHoldsWhoeverWasAskedFirst() {
        ClusterView old = view(line("a", A, "myself,master", "-", 1, "0-16383"), line("b", B, "slave", "a", 1, ""));
        ClusterView promoted =
                view(line("b", B, "myself,master", "-", 7, "0-16383"), line("a", A, "master,fail", "-", 1, ""));
        assertThat(SlotMap.of(List.of(old, promoted)).owner(5)).isEqualTo(B);
        assertThat(SlotMap.of(List.of(promoted, old)).owner(5)).isEqualTo(B);
    }

    @Test
    void aReplicaOwnsNothingAndIsKnownAsOne() {
        SlotMap map = SlotMap.of(List.of(view(
                line("a", A, "myself,master", "-", 1, "0-16383"),
                line("b", B, "slave", "a", 1, ""),
                line("c", C, "slave,fail", "a", 1, ""))));
        assertThat(map.owners()).containsExactly(A);
        assertThat(map.replicas(A)).containsExactly(B);
        assertThat(map.replicas(B)).isEmpty();
    }

    @Test
    void slotsInMigrationStayWithTheirOwner() {
        SlotMap map = SlotMap.of(List.of(view(
                line("a", A, "myself,master", "-", 1, "0-16383 [77->-bbbb]"),
                line("b", B, "master", "-", 2, "[77-<-aaaa]"))));
        assertThat(map.owner(77)).isEqualTo(A);
    }

    @Test
    void nodesThatCannotBeReachedByNameAreLeftOut() {
        SlotMap map = SlotMap.of(List.of(view(
                line("a", A, "myself,master", "-", 1, "0-16383"),
                "bbbb :0@0 master,noaddr - 0 0 9 disconnected 0-16383",
                line("c", C, "handshake", "-", 9, "0-16383"))));
        assertThat(map.owner(5)).isEqualTo(A);
    }

    @Test
    void aNodeThatDoesNotKnowItsAddressIsWhereItWasAsked() {
        SlotMap map = SlotMap.of(List.of(view("aaaa :7001@17001 myself,master - 0 0 1 connected 0-16383")));
        assertThat(map.owner(5)).isEqualTo(ASKED);
    }

    @Test
    void theAddressThatANodeWantsToBeCalledByCounts() {
        ClusterView view = parse(
                "aaaa 10.0.0.1:7001@17001,cache-a.example myself,master - 0 0 1 connected 0-16383",
                List.of(List.of(0L, 16383L, List.of(bytes("cache-a.example"), 6390L, bytes("aaaa")))));
        assertThat(SlotMap.of(List.of(view)).owner(5)).isEqualTo(new NodeAddress("cache-a.example", 6390));
    }

    @Test
    void anUnknownNameMeansTheHostThatAnswered() {
        ClusterView view = parse(
                "aaaa 192.168.1.1:7001@17001 myself,master - 0 0 1 connected 0-16383",
                List.of(List.of(0L, 16383L, List.of(bytes("?"), 6390L, bytes("aaaa")))));
        assertThat(SlotMap.of(List.of(view)).owner(5)).isEqualTo(new NodeAddress("10.0.0.1", 6390));
    }

    @Test
    void whatNoNodeAnswersIsNoView() {
        assertThat(ClusterView.parse("", List.of(), ASKED)).isNull();
        assertThat(ClusterView.parse("hello\nworld", List.of(), ASKED)).isNull();
    }

    private static String line(String id, NodeAddress at, String flags, String master, int epoch, String slots) {
        String name = id.repeat(4);
        String of = master.equals("-") ? "-" : master.repeat(4);
        return name + " " + at + "@1" + at.port() + " " + flags + " " + of + " 0 0 " + epoch + " connected " + slots;
    }

    private static ClusterView view(String... lines) {
        return parse(String.join("\n", lines), List.of());
    }

    private static ClusterView parse(String nodes, List<?> slots) {
        @Nullable ClusterView view = ClusterView.parse(nodes, slots, ASKED);
        return Objects.requireNonNull(view);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
