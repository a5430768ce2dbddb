package io.cacheservice.redis.service;

import io.cacheservice.testkit.RedisServer;
import java.util.List;
import java.util.Objects;

/** Asks a server, for replies whose type the test knows. */
final class Ask {
    private Ask() {}

    static long number(RedisServer server, String... words) {
        return (Long) Objects.requireNonNull(server.command(words), "reply");
    }

    static List<String> texts(RedisServer server, String... words) {
        List<?> reply = (List<?>) Objects.requireNonNull(server.command(words), "reply");
        return reply.stream().map(String::valueOf).toList();
    }
}
