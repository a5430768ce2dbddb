package io.cacheservice.redis.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import io.cacheservice.redis.doctor.Arrival.End;
import io.cacheservice.redis.doctor.ServerSeen.KeysSeen;
import io.cacheservice.redis.doctor.ServerSeen.Need;
import io.cacheservice.redis.doctor.ServerSeen.TrackingSeen;
import io.cacheservice.redis.doctor.ServerSeen.Tried;
import io.cacheservice.redis.internal.topology.ClusterView;
import io.cacheservice.redis.internal.topology.Deployment.Kind;
import io.cacheservice.redis.internal.topology.NodeAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found in what was seen, without a server. */
class JudgementsTest {
    private static final Reply OK = new Reply.Value("OK");
    private static final CacheConfig SETTINGS =
            CacheConfig.builder().host("cache.example").build();
    private static final CacheConfig ORDERS =
            SETTINGS.toBuilder().keyPrefix("orders:").build();

    private static ServerSeen seen(String info) {
        return seen(info, Map.of(), null);
    }

    private static ServerSeen seen(String info, Map<String, Reply> config, @Nullable KeysSeen keys) {
        String lines = info.replace(' ', '\n');
        return new ServerSeen("here:1", Info.parse(lines), Map.of(), config, keys, List.of(), List.of(), null);
    }

    private static KeysSeen keys(Reply write) {
        return new KeysSeen(List.of(), write, OK, new TrackingSeen(OK, OK, true));
    }

    private static Level level(List<Finding> findings, Check check) {
        return findings.stream()
                .filter(finding -> finding.check().equals(check.text()))
                .findFirst()
                .orElseThrow()
                .level();
    }

    private static Level memory(String info) {
        return level(MemoryHealth.findings(seen(info), SETTINGS), Check.MEMORY);
    }

    private static Level eviction(String info) {
        return level(MemoryHealth.findings(seen(info), SETTINGS), Check.EVICTION);
    }

    @ParameterizedTest
    @CsvSource({
        "noeviction, 844, OK",
        "noeviction, 850, WARNING",
        "noeviction, 964, WARNING",
        "noeviction, 970, FAULT",
        "volatile-lru, 970, FAULT",
        "allkeys-lfu, 844, OK",
        "allkeys-lfu, 1001, NOTE"
    })
    void aMemoryIsFullWhereNothingCanBeEvicted(String policy, int used, Level level) {
        assertThat(memory("maxmemory:1000 maxmemory_policy:" + policy + " used_memory:" + used))
                .isEqualTo(level);
    }

    @Test
    void aWriteThatIsRefusedForMemoryIsAFaultWhateverThePolicy() {
        ServerSeen full = seen(
                "maxmemory:1000 used_memory:10 maxmemory_policy:allkeys-lfu",
                Map.of(),
                keys(new Reply.Refused("OOM command not allowed when used memory > 'maxmemory'.")));

        assertThat(level(MemoryHealth.findings(full, SETTINGS), Check.MEMORY)).isEqualTo(Level.FAULT);
    }

    @Test
    void aMemoryWithoutABoundIsWorthKnowingAndAnUnknownOneIsSkipped() {
        assertThat(memory("maxmemory:0 used_memory:1")).isEqualTo(Level.NOTE);
        assertThat(memory("")).isEqualTo(Level.SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({
        "allkeys-lfu, 0, OK",
        "allkeys-lru, 1000, NOTE",
        "volatile-ttl, 0, WARNING",
        "volatile-lfu, 1000, WARNING",
        "noeviction, 1000, WARNING",
        "noeviction, 0, NOTE"
    })
    void aPolicyIsJudgedWithTheBound(String policy, int maxMemory, Level level) {
        assertThat(eviction("maxmemory_policy:" + policy + " maxmemory:" + maxMemory))
                .isEqualTo(level);
    }

    @Test
    void whatInfoDoesNotTellIsTakenFromConfig() {
        Reply policy = new Reply.Value(List.of(bytes("maxmemory-policy"), bytes("volatile-ttl")));
        ServerSeen seen = seen("", Map.of("maxmemory-policy", policy), null);

        assertThat(level(MemoryHealth.findings(seen, SETTINGS), Check.EVICTION)).isEqualTo(Level.WARNING);
        assertThat(eviction("")).isEqualTo(Level.SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({
        "redis_version:5.0.14, FAULT",
        "redis_version:6.0.16, FAULT",
        "redis_version:6.2.11, NOTE",
        "redis_version:7.0.0, OK",
        "redis_version:10.1.2, OK",
        "redis_version:7.2.4 valkey_version:9.1.2, OK",
        "redis_version:unknown, SKIPPED"
    })
    void versionsBeforeGetexAreTooOld(String info, Level level) {
        assertThat(Engine.version(seen(info)).level()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO, standalone, master, OK",
        "AUTO, standalone, slave, FAULT",
        "AUTO, cluster, master, OK",
        "AUTO, sentinel, , FAULT",
        "STANDALONE, cluster, master, FAULT",
        "SHARDS, cluster, master, FAULT",
        "SHARDS, standalone, master, OK",
        "CLUSTER, cluster, master, OK",
        "CLUSTER, standalone, master, FAULT",
        "SENTINEL, standalone, master, OK",
        "SENTINEL, standalone, slave, FAULT"
    })
    void aServerIsWhatTheSettingsSay(Kind kind, String mode, @Nullable String role, Level level) {
        ServerSeen seen = seen("redis_mode:" + mode + (role == null ? "" : " role:" + role));

        assertThat(Placing.topology(kind, seen).level()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"0, OK", "500, OK", "-501, WARNING", "5000, WARNING", "5001, FAULT", "-10000, FAULT"})
    void clocksMayDifferByHalfASecond(long aheadMillis, Level level) {
        assertThat(Timing.clock("here", aheadMillis).level()).isEqualTo(level);
        assertThat(Timing.clock("here", null).level()).isEqualTo(Level.SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({
        "900, 50, OK",
        "1100, 50, WARNING",
        "1100, 60, OK",
        "1100, 10, WARNING",
        "900, 10, OK",
        "50000, 50, FAULT"
    })
    void aMedianIsFarRelativeToTheTimeOfARead(long medianMicros, long readMillis, Level level) {
        List<Long> pings = Collections.nCopies(200, medianMicros * 1_000);

        assertThat(Timing.roundTrip("here", pings, Duration.ofMillis(readMillis))
                        .level())
                .isEqualTo(level);
    }

    @Test
    void slowRoundTripsAmongFastOnesAreFound() {
        List<Long> pings = new java.util.ArrayList<>(Collections.nCopies(195, 100_000L));
        pings.addAll(Collections.nCopies(5, 26_000_000L));

        Finding finding = Timing.roundTrip("here", pings, Duration.ofMillis(50));

        assertThat(finding.level()).isEqualTo(Level.WARNING);
        assertThat(finding.seen()).contains("median 0.100 ms, 99th percentile 26.000 ms of 200");
        assertThat(Timing.roundTrip("here", List.of(), Duration.ofMillis(50)).level())
                .isEqualTo(Level.SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({"849, OK", "850, WARNING", "969, WARNING", "970, FAULT"})
    void connectionsRunOut(int connected, Level level) {
        ServerSeen seen = seen("connected_clients:" + connected + " maxclients:1000");

        assertThat(level(Limits.findings(seen, SETTINGS), Check.CLIENTS)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "proto-max-bulk-len, 1048576, WARNING",
        "tracking-table-max-keys, 1000, NOTE",
        "tracking-table-max-keys, 0, OK",
        "timeout, 300, NOTE",
        "timeout, 0, OK"
    })
    void aParameterIsJudged(String name, String value, Level level) {
        Map<String, Reply> config = new java.util.HashMap<>();
        config.put("timeout", new Reply.Value(List.of(bytes("timeout"), bytes("0"))));
        config.put(name, new Reply.Value(List.of(bytes(name), bytes(value))));

        assertThat(level(Limits.findings(seen("", config, null), SETTINGS), Check.LIMITS))
                .isEqualTo(level);
    }

    @Test
    void theRemedyOfAMissingRightGrantsIt() {
        Reply refused = new Reply.Refused("NOPERM this user has no permissions to run the 'set' command");
        ServerSeen seen = new ServerSeen(
                "here:1",
                Info.UNKNOWN,
                Map.of(),
                Map.of(),
                new KeysSeen(
                        List.of(new Tried("set", Need.ALWAYS, refused), new Tried("get", Need.ALWAYS, OK)),
                        refused,
                        refused,
                        new TrackingSeen(OK, refused, false)),
                List.of(new Tried("info", Need.BETTER, refused)),
                List.of(),
                null);

        List<Finding> findings = Rights.findings(seen, "app", ORDERS);

        assertThat(findings).extracting(Finding::check).containsExactly("rights", "rights", "scripts", "tracking");
        assertThat(findings)
                .extracting(Finding::level)
                .containsExactly(Level.FAULT, Level.WARNING, Level.FAULT, Level.SKIPPED);
        assertThat(findings.get(0).remedy()).startsWith("ACL SETUSER app +set ~orders:*");
        assertThat(findings.get(1).remedy()).isEqualTo("ACL SETUSER app +info");
    }

    @Test
    void aScriptThatAFullMemoryRefusesIsNotBlamed() {
        Reply full = new Reply.Refused("OOM command not allowed when used memory > 'maxmemory'.");
        KeysSeen keys = new KeysSeen(List.of(), full, full, new TrackingSeen(OK, full, false));

        assertThat(Rights.findings(seen("", Map.of(), keys), "app", ORDERS))
                .extracting(Finding::level)
                .containsExactly(Level.OK, Level.SKIPPED, Level.SKIPPED);
    }

    @Test
    void aServerThatFellSilentIsNotBlamedForRights() {
        Reply lost = new Reply.Lost("no answer");
        ServerSeen seen = seen(
                "",
                Map.of(),
                new KeysSeen(
                        List.of(new Tried("get", Need.ALWAYS, lost)), lost, lost, new TrackingSeen(OK, lost, false)));

        assertThat(Rights.findings(seen, "app", ORDERS))
                .extracting(Finding::level)
                .containsOnly(Level.SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, true, OK",
        "false, false, true, NOTE",
        "false, true, true, OK",
        "false, true, false, WARNING"
    })
    void aPasswordInPlainTextIsFoundOutsideThisMachine(boolean tls, boolean password, boolean loopback, Level level) {
        boolean local = loopback && (tls || password);
        Arrival arrival = new Arrival(new NodeAddress("h", 1), tls, password, local, End.CONNECTED, "", null);

        assertThat(level(Arrivals.findings(arrival, true), Check.TLS)).isEqualTo(level);
    }

    @Test
    void aServerThatOthersReplaceMayBeAway() {
        Arrival arrival = new Arrival(new NodeAddress("h", 1), false, false, true, End.NO_TCP, "refused", null);

        assertThat(level(Arrivals.findings(arrival, true), Check.REACH)).isEqualTo(Level.FAULT);
        assertThat(level(Arrivals.findings(arrival, false), Check.REACH)).isEqualTo(Level.WARNING);
    }

    @Test
    void severalMastersForOneSlotAreADispute() {
        List<Finding> findings = ClusterHealth.findings(
                List.of(view("a", 0, 16_383), view("b", 100, 199)), Map.of("h:1", Info.parse("cluster_state:ok")));

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).level()).isEqualTo(Level.WARNING);
        assertThat(findings.get(0).seen()).contains("several masters for 100 slots");
    }

    @Test
    void aWholeClusterInAgreementIsInOrder() {
        assertThat(ClusterHealth.findings(List.of(view("a", 0, 16_383), view("a", 0, 16_383)), Map.of()))
                .extracting(Finding::level)
                .containsExactly(Level.OK);
    }

    private static ClusterView view(String id, int first, int last) {
        BitSet slots = new BitSet();
        slots.set(first, last + 1);
        return new ClusterView(List.of(new ClusterView.Member(id, new NodeAddress(id, 1), null, 1, false, slots)));
    }

    @Test
    void sentinelsThatNameTwoMastersAreFound() {
        List<Finding> findings = SentinelHealth.findings(
                "orders",
                List.of(sentinel("a", "10.0.0.1", OK), sentinel("b", "10.0.0.2", OK), sentinel("c", "10.0.0.1", OK)));

        assertThat(findings).extracting(Finding::level).containsExactly(Level.WARNING);
        assertThat(findings.get(0).seen()).contains("several masters").contains("10.0.0.2:6379");
    }

    @Test
    void threeSentinelsThatAgreeAreInOrderAndALostQuorumIsNot() {
        SentinelSeen fine = sentinel("a", "10.0.0.1", OK);
        SentinelSeen alone =
                sentinel("b", "10.0.0.1", new Reply.Refused("NOQUORUM 1 usable Sentinels. Not enough available"));

        assertThat(SentinelHealth.findings("orders", List.of(fine, fine, fine)))
                .extracting(Finding::level)
                .containsExactly(Level.OK);
        assertThat(SentinelHealth.findings("orders", List.of(fine, alone, fine)))
                .extracting(Finding::level)
                .containsExactly(Level.FAULT);
    }

    private static SentinelSeen sentinel(String where, String master, Reply quorum) {
        return new SentinelSeen(
                where,
                new Reply.Value(List.of(
                        bytes("ip"), bytes(master),
                        bytes("port"), bytes("6379"),
                        bytes("flags"), bytes("master"),
                        bytes("config-epoch"), bytes("1"),
                        bytes("num-other-sentinels"), bytes("2"),
                        bytes("quorum"), bytes("2"))),
                quorum);
    }

    @ParameterizedTest
    @CsvSource({
        "rdb_last_bgsave_status:ok, PERSISTENCE, OK",
        "rdb_last_bgsave_status:err, PERSISTENCE, WARNING",
        "loading:1, PERSISTENCE, FAULT",
        "'role:master connected_slaves:0', REPLICATION, NOTE",
        "'role:master connected_slaves:1 slave0:ip=h,port=1,state=online,offset=1,lag=0', REPLICATION, OK",
        "'role:master connected_slaves:1 slave0:ip=h,port=1,state=online,offset=1,lag=2', REPLICATION, WARNING"
    })
    void whatAFailureWouldLoseIsTold(String info, Check check, Level level) {
        assertThat(level(Durability.findings(seen(info), Kind.SENTINEL), check)).isEqualTo(level);
    }

    @Test
    void writesThatAreRefusedForOtherReasonsAreExplained() {
        ServerSeen noDisk = seen("role:master", Map.of(), keys(new Reply.Refused("MISCONF Redis is configured")));
        ServerSeen alone = seen("role:master", Map.of(), keys(new Reply.Refused("NOREPLICAS Not enough")));

        assertThat(level(Durability.findings(noDisk, Kind.AUTO), Check.PERSISTENCE))
                .isEqualTo(Level.FAULT);
        assertThat(level(Durability.findings(alone, Kind.AUTO), Check.REPLICATION))
                .isEqualTo(Level.FAULT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
