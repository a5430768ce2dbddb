package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.redis.ProbeVerdict.Doubtful;
import io.cacheservice.redis.ProbeVerdict.Elsewhere;
import io.cacheservice.redis.ProbeVerdict.Good;
import io.cacheservice.redis.ProbeVerdict.Lost;
import io.cacheservice.redis.ProbeVerdict.Replies;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeVerdictTest {
    private static final String ALONE = "# Replication\r\nrole:master\r\nconnected_slaves:0\r\n";

    private static ProbeVerdict of(@Nullable String replication, boolean hasReplicas) {
        return ProbeVerdict.of(new Replies(null, replication, null), hasReplicas);
    }

    private static String followedBy(String state, int lagSeconds) {
        return "# Replication\r\nrole:master\r\nconnected_slaves:1\r\nslave0:ip=127.0.0.1,port=6380,state=" + state
                + ",offset=42,lag=" + lagSeconds + "\r\nmaster_replid:8c\r\n";
    }

    @Test
    void aMasterWithoutReplicasIsGood() {
        assertThat(of(ALONE, false)).isEqualTo(new Good());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aMasterIsGoodThatAReplicaFollowsClosely(int lagSeconds) {
        assertThat(of(followedBy("online", lagSeconds), true)).isEqualTo(new Good());
    }

    @Test
    void oneCloseReplicaOfSeveralIsEnough() {
        String both = followedBy("online", 9) + "slave1:ip=127.0.0.1,port=6381,state=online,offset=42,lag=1\r\n";

        assertThat(of(both, true)).isEqualTo(new Good());
    }

    @Test
    void aMasterIsDoubtfulThatNobodyFollows() {
        assertThat(of(ALONE, true)).isInstanceOf(Doubtful.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 100})
    void aMasterIsDoubtfulWhoseReplicasAreFarBehind(int lagSeconds) {
        assertThat(of(followedBy("online", lagSeconds), true)).isInstanceOf(Doubtful.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999999", "00000000001", "x"})
    void aLagThatIsNoNumberOfSecondsIsNotClose(String lag) {
        String replication = "role:master\r\nslave0:ip=127.0.0.1,port=6380,state=online,offset=42,lag=" + lag + "\r\n";

        assertThat(of(replication, true)).isInstanceOf(Doubtful.class);
    }

    @Test
    void aReplicaThatIsStillBeingFilledDoesNotFollow() {
        assertThat(of(followedBy("wait_bgsave", 0), true)).isInstanceOf(Doubtful.class);
    }

    @Test
    void aReplicaIsLostWhicheverWayItSaysSo() {
        assertThat(of("role:slave\r\nmaster_host:10.0.0.1\r\n", false)).isEqualTo(new Lost("it is a slave now"));
        assertThat(ProbeVerdict.of(new Replies(null, null, "slave"), false)).isEqualTo(new Lost("it is a slave now"));
    }

    @Test
    void whoMayNotAskForTheRoleReliesOnTheKey() {
        assertThat(of(null, true)).isEqualTo(new Good());
        assertThat(ProbeVerdict.of(new Replies(null, null, "master"), true)).isEqualTo(new Good());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CLUSTERDOWN The cluster is down",
                "LOADING Redis is loading the dataset in memory",
                "MASTERDOWN Link with MASTER is down",
                "BUSY Redis is busy running a script",
                "ERR whatever a later version says"
            })
    void aServerThatRefusesToServeIsLostWhateverItsRole(String error) {
        assertThat(ProbeVerdict.of(new Replies(error, ALONE, null), false))
                .isEqualTo(new Lost("it refuses to serve: " + error));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MOVED 7 127.0.0.1:6381", "ASK 7 127.0.0.1:6381"})
    void aRedirectionSaysOnlyThatTheKeyIsElsewhere(String error) {
        assertThat(ProbeVerdict.of(new Replies(error, ALONE, null), false)).isEqualTo(new Elsewhere(error));
    }

    @Test
    void aUserWhoMayNotReadTheKeyProvesNothing() {
        assertThat(ProbeVerdict.of(new Replies("NOPERM No permissions to access a key", ALONE, null), false))
                .isInstanceOf(Doubtful.class);
    }

    @Test
    void theRoleIsTheFirstPartOfItsReply() {
        assertThat(ProbeVerdict.roleIn(List.of("slave".getBytes(UTF_8), 1L))).isEqualTo("slave");
        assertThat(ProbeVerdict.roleIn(List.of())).isNull();
        assertThat(ProbeVerdict.roleIn(List.of(1L))).isNull();
        assertThat(ProbeVerdict.roleIn(null)).isNull();
    }
}
