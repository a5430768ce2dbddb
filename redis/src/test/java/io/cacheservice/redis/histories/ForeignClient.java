package io.cacheservice.redis.histories;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.redis.histories.RunOptions.Topology;
import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.RedisErrorReply;
import io.cacheservice.testkit.RespConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plain client that knows nothing of caches, and finds the server of a key as one of its kind does: by asking Sentinels, or by
 * following redirections. Its connections go to the servers themselves, past the proxies. For one thread.
 */
final class ForeignClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int REDIRECTIONS = 5;

    private final ForeignRoute route;
    private final Map<Integer, RespConnection> connections = new HashMap<>();
    private final Map<Integer, Integer> portOfSlot = new HashMap<>();
    private int master;

    ForeignClient(ForeignRoute route) {
        this.route = route;
        this.master = route.ports().get(0);
    }

    /**
     * Sends a command for a key.
     *
     * @throws IOException when it is not known whether it was carried out
     * @throws RedisErrorReply when it was refused
     */
    @Nullable
    Object call(String keyInRedis, String... command) throws IOException {
        if (route.topology() == Topology.SENTINEL) {
            return callMaster(command);
        }
        boolean cluster = route.topology() == Topology.CLUSTER;
        int slot = cluster ? RedisCluster.slotOf(keyInRedis) : 0;
        int port = portOfSlot.getOrDefault(slot, master);
        boolean asking = false;
        for (int i = 0; ; i++) {
            try {
                if (asking) {
                    send(port, "ASKING");
                }
                return send(port, command);
            } catch (RedisErrorReply e) {
                boolean moved = e.code().equals("MOVED");
                if (i == REDIRECTIONS || (!moved && !e.code().equals("ASK"))) {
                    throw e;
                }
                asking = !moved;
                port = route.real(portIn(String.valueOf(e.getMessage())));
                if (moved) {
                    portOfSlot.put(slot, port);
                }
            } catch (IOException e) {
                portOfSlot.remove(slot);
                master = route.ports()
                        .get((route.ports().indexOf(master) + 1) % route.ports().size());
                throw e;
            }
        }
    }

    private @Nullable Object callMaster(String... command) throws IOException {
        try {
            return send(master, command);
        } catch (IOException | RedisErrorReply e) {
            askSentinels();
            throw e;
        }
    }

    private void askSentinels() {
        for (int sentinel : route.sentinels()) {
            try (RespConnection connection = RespConnection.open(sentinel, TIMEOUT)) {
                Object reply = RespConnection.asText(connection.call(
                        RespConnection.encode("SENTINEL", "GET-MASTER-ADDR-BY-NAME", route.masterName())));
                if (reply instanceof List<?> hostAndPort) {
                    master = Integer.parseInt(String.valueOf(hostAndPort.get(1)));
                    return;
                }
            } catch (IOException | RedisErrorReply e) {
                // The next one may know.
            }
        }
    }

    private @Nullable Object send(int port, String... command) throws IOException {
        RespConnection connection = connections.get(port);
        try {
            if (connection == null) {
                connection = PlainConnections.TO_REDIS.open(port, TIMEOUT);
                connections.put(port, connection);
            }
            return connection.call(RespConnection.encode(command));
        } catch (IOException e) {
            if (connection != null) {
                PlainConnections.TO_REDIS.close(connection);
            }
            connections.remove(port);
            throw e;
        }
    }

    private static int portIn(String redirection) {
        return Integer.parseInt(redirection.substring(redirection.lastIndexOf(':') + 1));
    }

    /** The version in a reply to GET; 0 when there is nothing, -1 when it is nothing that this client understands. */
    static long version(@Nullable Object reply) {
        if (!(reply instanceof byte[] bytes)) {
            return 0;
        }
        try {
            return Long.parseLong(new String(bytes, UTF_8));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        for (RespConnection connection : connections.values()) {
            PlainConnections.TO_REDIS.close(connection);
        }
    }
}
