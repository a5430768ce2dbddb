package io.cacheservice.redis.internal.topology;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.RedisEndpoint;
import java.util.ArrayList;
import java.util.List;

/**
 * How Redis is deployed, as the settings say.
 *
 * @param kind what the servers are to each other
 * @param servers the addresses named, each once, in the order of naming
 */
public record Deployment(Kind kind, List<Server> servers) {
    /** A server alone expects no others; more event loops than processors serve nobody. */
    private static final int MANY = 1_024;

    /** What servers are to each other. */
    public enum Kind {
        /** One address: a server alone or a node of a Cluster, whichever it says it is. */
        AUTO,
        /** One server alone. */
        STANDALONE,
        /** Sentinels, which know the master. */
        SENTINEL,
        /** Some nodes of a Cluster. */
        CLUSTER,
        /** Servers that know nothing of each other. */
        SHARDS
    }

    /**
     * One address named.
     *
     * @param weight its share of the keys, where shares are given
     */
    public record Server(NodeAddress address, int weight) {
        /** From {@code host:port} or {@code host:port*weight}. */
        static Server parse(String text) {
            int star = text.indexOf('*');
            NodeAddress address = NodeAddress.parse(star < 0 ? text : text.substring(0, star));
            if (address == null) {
                throw new CacheConfigException("nodes = " + text
                        + " is no address: allowed is host:port, with topology =" + " shards also host:port*weight");
            }
            return new Server(address, star < 0 ? 1 : Integer.parseInt(text.substring(star + 1)));
        }
    }

    /**
     * Reads the settings.
     *
     * @throws CacheConfigException when an address is none
     */
    public static Deployment of(CacheConfig config, RedisEndpoint endpoint) {
        List<Server> servers = new ArrayList<>();
        if (config.url().isPresent() || config.host().isPresent()) {
            servers.add(new Server(new NodeAddress(endpoint.host(), endpoint.port()), 1));
        }
        for (String node : config.nodes()) {
            Server server = Server.parse(node);
            servers.removeIf(known -> known.address().equals(server.address()));
            servers.add(server);
        }
        return new Deployment(kind(config, servers), List.copyOf(servers));
    }

    /** The addresses of the servers. */
    public List<NodeAddress> addresses() {
        return servers.stream().map(Server::address).toList();
    }

    private static Kind kind(CacheConfig config, List<Server> servers) {
        return switch (config.topology()) {
            case "standalone" -> Kind.STANDALONE;
            case "sentinel" -> Kind.SENTINEL;
            case "cluster" -> Kind.CLUSTER;
            case "shards" -> Kind.SHARDS;
            default ->
                config.sentinelMaster().isPresent() ? Kind.SENTINEL : servers.size() > 1 ? Kind.CLUSTER : Kind.AUTO;
        };
    }

    /** How many connections there may be, to make as many event loops at most. */
    public int expectedLanes(int lanesPerServer) {
        return switch (kind) {
            case STANDALONE, SENTINEL -> lanesPerServer;
            case SHARDS -> lanesPerServer * servers.size();
            case AUTO, CLUSTER -> MANY;
        };
    }
}
