package io.cacheservice.redis.histories;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.testkit.RespConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Where the truth lives: the version of each row, in a Redis of its own that nothing ever happens to. Safe for use by many
 * threads.
 */
final class Source implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final String ROWS = "rows";

    private final int port;
    private final ConcurrentLinkedQueue<RespConnection> free = new ConcurrentLinkedQueue<>();

    Source(int port) {
        this.port = port;
    }

    /** The version of each row that is there. */
    Map<String, Long> versions(List<String> names) throws IOException {
        String[] command = new String[names.size() + 2];
        command[0] = "HMGET";
        command[1] = ROWS;
        for (int i = 0; i < names.size(); i++) {
            command[i + 2] = names.get(i);
        }
        Map<String, Long> versions = new LinkedHashMap<>();
        if (call(command) instanceof List<?> found) {
            for (int i = 0; i < names.size(); i++) {
                if (found.get(i) instanceof byte[] version) {
                    versions.put(names.get(i), Long.valueOf(new String(version, UTF_8)));
                }
            }
        }
        return versions;
    }

    /** Puts a version, or removes what is there; throws {@link UncheckedIOException} when that cannot be. */
    void change(Row row, long version, boolean removes) {
        try {
            if (removes) {
                call("HDEL", ROWS, row.name());
            } else {
                call("HSET", ROWS, row.name(), Long.toString(version));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The source of row " + row.name() + " does not answer", e);
        }
    }

    private @Nullable Object call(String... command) throws IOException {
        RespConnection connection = free.poll();
        if (connection == null) {
            connection = PlainConnections.TO_SOURCE.open(port, TIMEOUT);
        }
        Object reply = connection.call(RespConnection.encode(command));
        free.add(connection);
        return reply;
    }

    @Override
    public void close() throws IOException {
        for (RespConnection connection = free.poll(); connection != null; connection = free.poll()) {
            PlainConnections.TO_SOURCE.close(connection);
        }
    }
}
