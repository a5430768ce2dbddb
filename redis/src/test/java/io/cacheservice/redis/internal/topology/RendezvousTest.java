package io.cacheservice.redis.internal.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RendezvousTest {
    private static final int KEYS = 60_000;

    @Test
    void serversOfOneWeightHoldEqualShares() {
        int[] shares = shares(new Rendezvous(List.of("a:1", "b:1", "c:1", "d:1"), List.of(1, 1, 1, 1)), 4);
        for (int share : shares) {
            assertThat(share).isBetween(KEYS / 4 - 700, KEYS / 4 + 700);
        }
    }

    @Test
    void sharesFollowTheWeights() {
        int[] shares = shares(new Rendezvous(List.of("a:1", "b:1", "c:1"), List.of(1, 2, 3)), 3);
        assertThat(shares[0]).isBetween(KEYS / 6 - 700, KEYS / 6 + 700);
        assertThat(shares[1]).isBetween(KEYS / 3 - 700, KEYS / 3 + 700);
        assertThat(shares[2]).isBetween(KEYS / 2 - 700, KEYS / 2 + 700);
    }

    @Test
    void aServerThatComesTakesOnlyWhatBecomesItsOwn() {
        Rendezvous before = new Rendezvous(List.of("a:1", "b:1", "c:1"), List.of(1, 1, 1));
        Rendezvous after = new Rendezvous(List.of("a:1", "b:1", "c:1", "d:1"), List.of(1, 1, 1, 1));
        int moved = 0;
        for (int i = 0; i < KEYS; i++) {
            int now = after.indexOf(key(i));
            if (now == 3) {
                moved++;
            } else {
                assertThat(now).isEqualTo(before.indexOf(key(i)));
            }
        }
        assertThat(moved).isBetween(KEYS / 4 - 700, KEYS / 4 + 700);
    }

    @Test
    void theOrderOfTheServersDoesNotMatter() {
        List<String> names = List.of("a:1", "b:1", "c:1");
        List<String> others = List.of("c:1", "a:1", "b:1");
        Rendezvous one = new Rendezvous(names, List.of(1, 1, 1));
        Rendezvous other = new Rendezvous(others, List.of(1, 1, 1));
        for (int i = 0; i < 1_000; i++) {
            assertThat(others.get(other.indexOf(key(i)))).isEqualTo(names.get(one.indexOf(key(i))));
        }
    }

    @Test
    void keysOfOneHashTagAreTogether() {
        Rendezvous rendezvous = new Rendezvous(List.of("a:1", "b:1", "c:1"), List.of(1, 1, 1));
        int home = rendezvous.indexOf(bytes("user:{42}:name"));
        for (int i = 0; i < 100; i++) {
            assertThat(rendezvous.indexOf(bytes("{42}:" + i))).isEqualTo(home);
        }
    }

    /** Programs of all versions must agree, or each sees the others' entries as absent. */
    @Test
    void whoHoldsAKeyNeverChanges() {
        Rendezvous rendezvous =
                new Rendezvous(List.of("10.0.0.1:6379", "10.0.0.2:6379", "10.0.0.3:6379"), List.of(1, 1, 2));
        StringBuilder homes = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            homes.append(rendezvous.indexOf(key(i)));
        }
        assertThat(homes).hasToString("2121222221112221100012122020102220210222");
    }

    private static int[] shares(Rendezvous rendezvous, int servers) {
        int[] shares = new int[servers];
        for (int i = 0; i < KEYS; i++) {
            shares[rendezvous.indexOf(key(i))]++;
        }
        return shares;
    }

    private static byte[] key(int i) {
        return bytes("cache:users:" + i);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
