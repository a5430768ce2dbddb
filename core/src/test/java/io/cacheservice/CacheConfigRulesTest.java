package io.cacheservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.internal.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What settings must be together. */
class CacheConfigRulesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"host", "port", "username", "password", "passwordFile", "db", "tls"})
    void aUrlExcludesWhatItSaysItself(String name) {
        CacheConfig.Builder builder = CacheConfig.builder()
                .url("redis://localhost")
                .put(name, SettingSamples.text(Settings.named(name).orElseThrow()), "a test");
        assertThatThrownBy(builder::build)
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContainingAll(name + " = ", "(from a test)", "url (from code) says it");
    }

    @Test
    void aUrlExcludesEvenADefaultThatWasSet() {
        refused(CacheConfig.builder().url("redis://localhost").port(6379), "port = 6379 (from code)", "url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"port", "username", "password", "db", "tls", "tlsVerifyHostname", "manageServer"})
    void aSettingAboutRedisNeedsOne(String name) {
        refused(
                CacheConfig.builder()
                        .put(name, SettingSamples.text(Settings.named(name).orElseThrow()), "a test"),
                name + " = ",
                "none of url, host, nodes and zones");
    }

    @Test
    void passwordAndPasswordFileExcludeEachOther() throws IOException {
        refused(
                CacheConfig.builder().host("h").password("hunter2").passwordFile(file("secret")),
                "passwordFile = ",
                "password (from code) says it");
    }

    @Test
    void aUserNeedsAPassword() {
        refused(CacheConfig.builder().host("h").username("app"), "username = app", "needs password or passwordFile");
    }

    @Test
    void certificateAndKeyOfTheServerNeedEachOtherAndNoRedis() throws IOException {
        refused(CacheConfig.builder().serverTlsCertFile(file("c")), "server.tlsCertFile", "needs server.tlsKeyFile");
        refused(CacheConfig.builder().serverTlsKeyFile(file("k")), "server.tlsKeyFile", "needs server.tlsCertFile");
        assertThat(CacheConfig.builder()
                        .serverTlsCertFile(file("c2"))
                        .serverTlsKeyFile(file("k2"))
                        .build()
                        .serverTlsCertFile())
                .isPresent();
    }

    @Test
    void aFileOfTokensThatIsNotThereIsRefused() {
        refused(CacheConfig.builder().serverTokensFile("nowhere.yaml"), "server.tokensFile", "no such readable file");
    }

    @Test
    void certificateAndKeyOfTheClientNeedEachOther() throws IOException {
        refused(CacheConfig.builder().host("h").tls(true).tlsCertFile(file("c")), "tlsCertFile", "needs tlsKeyFile");
        refused(CacheConfig.builder().host("h").tls(true).tlsKeyFile(file("k")), "tlsKeyFile", "needs tlsCertFile");
    }

    @Test
    void filesForTlsAreRefusedOnAPlainConnection() throws IOException {
        refused(CacheConfig.builder().host("h").tlsCaFile(file("ca")), "tlsCaFile", "not encrypted");
        refused(CacheConfig.builder().url("redis://h").tlsCaFile(file("ca")), "tlsCaFile", "not encrypted");
        assertThat(CacheConfig.builder()
                        .url("rediss://h")
                        .tlsCaFile(file("ca"))
                        .build()
                        .tlsCaFile())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"passwordFile", "tlsCaFile"})
    void aFileThatIsNotThereIsRefused(String name) {
        refused(
                CacheConfig.builder().host("h").tls(true).put(name, folder.resolve("absent") + "", "a test"),
                name + " = " + folder.resolve("absent") + " (from a test)",
                "no such readable file");
        refused(
                CacheConfig.builder().host("h").tls(true).put(name, folder.toString(), "a test"),
                name,
                "no such readable file");
    }

    @Test
    void keptConnectionsAreNoMoreThanThePool() {
        refused(
                CacheConfig.builder().poolSize(2).minIdleConns(3),
                "minIdleConns = 3 (from code) is refused: it is more than poolSize = 2 (from code)");
        assertThat(CacheConfig.builder().poolSize(3).minIdleConns(3).build().minIdleConns())
                .isEqualTo(3);
    }

    @Test
    void aClusterHasOnlyDatabaseZero() {
        refused(CacheConfig.builder().host("h").db(1).topology("cluster"), "db = 1 (from code) is refused: a Cluster");
        refused(
                CacheConfig.builder().url("redis://h/1").topology("cluster"),
                "url = redis://h/1 (from code)",
                "a Cluster");
    }

    @ParameterizedTest
    @CsvSource({
        "allkeys-lru, recency",
        "allkeys-random, random",
        "volatile-lfu, without expiry",
        "volatile-lru, without expiry",
        "volatile-random, without expiry",
        "volatile-ttl, remaining life",
    })
    void theLocalTierRefusesSixPoliciesByNameWithTheReason(String policy, String reason) {
        refused(
                CacheConfig.builder().maxMemoryPolicy(policy),
                "maxMemoryPolicy = " + policy + " (from code)",
                reason,
                "allkeys-lfu and noeviction are accepted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allkeys-lfu", "noeviction"})
    void theLocalTierAcceptsTwoPolicies(String policy) {
        assertThat(CacheConfig.builder().maxMemoryPolicy(policy).build().maxMemoryPolicy())
                .hasValue(policy);
    }

    @Test
    void aRedisMayHaveAnyPolicyOfRedis() {
        assertThat(CacheConfig.builder()
                        .host("h")
                        .maxMemoryPolicy("volatile-ttl")
                        .build()
                        .maxMemoryPolicy())
                .hasValue("volatile-ttl");
        assertThatThrownBy(() -> CacheConfig.builder().maxMemoryPolicy("lru"))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContainingAll("maxMemoryPolicy = lru", "one of allkeys-lfu, allkeys-lru");
    }

    @Test
    void managingTheServerNeedsSomethingToSet() {
        refused(
                CacheConfig.builder().host("h").manageServer(true),
                "manageServer",
                "needs maxMemory or maxMemoryPolicy");
    }

    @Test
    void sentinelsNeedTheNameOfTheirMaster() {
        refused(
                CacheConfig.builder().nodes(List.of("a:26379", "b:26379")).topology("sentinel"),
                "topology = sentinel (from code) is refused: it needs sentinelMaster");
        assertThat(CacheConfig.builder()
                        .nodes(List.of("a:26379", "b:26379"))
                        .sentinelMaster("main")
                        .build()
                        .hasRedis())
                .isTrue();
    }

    @Test
    void whatIsAboutSentinelsNeedsThem() {
        refused(
                CacheConfig.builder().host("h").topology("cluster").sentinelMaster("main"),
                "sentinelMaster = main (from code) is refused: it is about Sentinels");
        refused(
                CacheConfig.builder().host("h").sentinelPassword("hunter2"),
                "sentinelPassword",
                "it is about Sentinels");
        refused(
                CacheConfig.builder().host("h").sentinelMaster("main").sentinelUsername("watcher"),
                "sentinelUsername = watcher (from code) is refused: it needs sentinelPassword or sentinelPasswordFile");
    }

    @Test
    void theFirstNodeSaysWhereRedisIsWhenNothingElseDoes() {
        RedisEndpoint endpoint = CacheConfig.builder()
                .nodes(List.of("[::1]:7001*2", "b:7002"))
                .topology("shards")
                .build()
                .redis()
                .orElseThrow();
        assertThat(endpoint.host()).isEqualTo("::1");
        assertThat(endpoint.port()).isEqualTo(7001);
    }

    @Test
    void weightsAreForShardsAndOneServerIsOne() {
        refused(CacheConfig.builder().nodes(List.of("a:1*2", "b:2")), "nodes = ", "weights are for topology = shards");
        refused(
                CacheConfig.builder().host("h").nodes(List.of("b:2")).topology("standalone"),
                "nodes = b:2 (from code) is refused: topology = standalone is one server");
    }

    @Test
    void zonesNeedTheNameOfTheNearestAndNothingElseThatSaysWhereRedisIs() {
        List<String> two = List.of("a=redis://a.example", "b=redis://app:hunter2@b.example");
        refused(
                CacheConfig.builder().zones(two),
                "zones = a=redis://a.example,b=redis://app:***@b.example (from code) is refused: it needs zone");
        refused(CacheConfig.builder().zones(two).zone("c"), "zone = c (from code) is refused", "one of a, b");
        refused(CacheConfig.builder().zone("a").host("h"), "zone = a (from code) is refused: it needs zones");
        refused(CacheConfig.builder().zones(two).zone("a").host("h"), "host = h (from code) is refused", "zones");
        refused(CacheConfig.builder().put("zones", "a=redis://a", "x").zone("a"), "zones", "one zone only");
        refused(
                CacheConfig.builder()
                        .put("zones", "a=redis://a,a=redis://b", "x")
                        .zone("a"),
                "the same name");
        refused(
                CacheConfig.builder().put("zones", "redis://:hunter2@a,b", "x").zone("b"),
                "***",
                "does not begin with its name");

        CacheConfig config = CacheConfig.builder().zones(two).zone("b").build();
        assertThat(config.hasRedis()).isTrue();
        assertThat(config.zoneNames()).containsExactly("a", "b");
        assertThat(config.redis().orElseThrow().host()).isEqualTo("b.example");
        assertThat(config.inZone("a").url()).contains("redis://a.example");
        assertThat(config.toString()).doesNotContain("hunter2");
    }

    @Test
    void allContradictionsAreToldTogether() {
        refused(
                CacheConfig.builder().url("redis://h").db(3).minIdleConns(9).topology("sentinel"),
                "3 problems",
                "db = 3",
                "minIdleConns = 9",
                "topology = sentinel");
    }

    @Test
    void timeoutsAreFromAMillisecondToFiveMinutes() {
        for (String name : new String[] {"connectTimeout", "readTimeout", "writeTimeout"}) {
            refused(CacheConfig.builder().put(name, "none", "x"), name + " = none", "from 1ms to 5m");
            refused(CacheConfig.builder().put(name, "6m", "x"), name + " = 6m", "from 1ms to 5m");
        }
    }

    private String file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "x").toString();
    }

    private static void refused(CacheConfig.Builder builder, String... words) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContainingAll(words);
    }
}
