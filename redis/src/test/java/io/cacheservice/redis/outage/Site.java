package io.cacheservice.redis.outage;

import io.cacheservice.CacheConfig;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.RedisSentinels;
import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Servers of one kind with a proxy in front of each, and the one of them that a fault strikes. */
abstract class Site implements AutoCloseable {
    static final String PASSWORD = "the-first-password";

    /** Ways to have Redis. */
    enum Kind {
        STANDALONE,
        SENTINEL,
        CLUSTER;

        Site start() {
            return switch (this) {
                case STANDALONE -> new Standalone();
                case SENTINEL -> new Sentinel();
                case CLUSTER -> new Cluster();
            };
        }
    }

    /** The file from which services read the password. */
    final Path passwordFile;

    Site() {
        try {
            passwordFile = Files.createTempFile("outage", ".password");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        usePassword(PASSWORD);
    }

    /** What services read from now on. */
    final void usePassword(String password) {
        try {
            Files.writeString(passwordFile, password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Settings that lead there. */
    abstract CacheConfig.Builder config();

    /** The server that is struck: the master, or one of several. */
    abstract RedisServer victim();

    abstract FaultProxy proxyOf(RedisServer server);

    abstract List<RedisServer> servers();

    /** Another takes the master's place. */
    void failOver() {
        throw new UnsupportedOperationException("there is nobody to take its place");
    }

    /** Returns when all servers serve. */
    void awaitHealthy() {}

    /** Replicas of it, if it has any. */
    List<RedisServer> replicasOf(RedisServer master) {
        return List.of();
    }

    final void onProxy(Consumer<FaultProxy> fault) {
        fault.accept(proxyOf(victim()));
    }

    @Override
    public void close() {
        try {
            Files.delete(passwordFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RedisServer.Builder withDebug(RedisServer.Builder server) {
        return server.password(PASSWORD).arguments("--enable-debug-command", "yes");
    }

    /** One server; a service speaks TLS with its proxy. Its files are those of its last {@code SAVE}. */
    private static final class Standalone extends Site {
        private final TestCertificates certificates = TestCertificates.create();
        private final RedisServer server = withDebug(RedisServer.builder()).start();
        private final FaultProxy proxy = FaultProxy.tls(server.port(), certificates);

        @Override
        CacheConfig.Builder config() {
            return CacheConfig.builder()
                    .host("127.0.0.1")
                    .port(proxy.port())
                    .tls(true)
                    .tlsCaFile(certificates.caPem().toString())
                    .passwordFile(passwordFile.toString());
        }

        @Override
        RedisServer victim() {
            return server;
        }

        @Override
        FaultProxy proxyOf(RedisServer of) {
            return proxy;
        }

        @Override
        List<RedisServer> servers() {
            return List.of(server);
        }

        @Override
        public void close() {
            proxy.close();
            server.close();
            certificates.close();
            super.close();
        }
    }

    private static final class Sentinel extends Site {
        private final RedisSentinels sentinels = RedisSentinels.builder()
                .throughProxies()
                .eachServer(server -> withDebug(server).persistent())
                .start();

        @Override
        CacheConfig.Builder config() {
            return CacheConfig.builder()
                    .nodes(sentinels.sentinelAddresses())
                    .sentinelMaster(sentinels.masterName())
                    .passwordFile(passwordFile.toString());
        }

        @Override
        RedisServer victim() {
            return sentinels.master();
        }

        @Override
        FaultProxy proxyOf(RedisServer server) {
            return sentinels.proxyOf(server);
        }

        @Override
        List<RedisServer> servers() {
            return sentinels.servers();
        }

        @Override
        void failOver() {
            sentinels.failover();
        }

        @Override
        void awaitHealthy() {
            sentinels.awaitHealthy();
        }

        @Override
        public void close() {
            sentinels.close();
            super.close();
        }
    }

    private static final class Cluster extends Site {
        private final RedisCluster cluster = RedisCluster.builder()
                .replicasPerMaster(1)
                .throughProxies()
                .eachServer(server -> withDebug(server).persistent())
                .start();

        @Override
        CacheConfig.Builder config() {
            return CacheConfig.builder().nodes(cluster.seeds()).passwordFile(passwordFile.toString());
        }

        @Override
        RedisServer victim() {
            return cluster.masterOf(0);
        }

        @Override
        FaultProxy proxyOf(RedisServer server) {
            return cluster.proxyOf(server);
        }

        @Override
        List<RedisServer> servers() {
            return cluster.nodes();
        }

        @Override
        void failOver() {
            cluster.failover(cluster.replicasOf(victim()).get(0));
        }

        @Override
        List<RedisServer> replicasOf(RedisServer master) {
            return cluster.replicasOf(master);
        }

        @Override
        void awaitHealthy() {
            cluster.awaitHealthy();
        }

        @Override
        public void close() {
            cluster.close();
            super.close();
        }
    }
}
