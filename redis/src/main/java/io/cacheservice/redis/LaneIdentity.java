package io.cacheservice.redis;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who a lane is for its server: what it takes to end it from another connection.
 *
 * @param id the client id, which starts anew with the server
 * @param address the lane's own end as the server saw it
 * @param runId the server's life; null: it would not say
 */
record LaneIdentity(long id, String address, @Nullable String runId) {
    private static final Pattern BLANKS = Pattern.compile(" +");

    /** From the reply to {@code CLIENT INFO}, such as {@code id=7 addr=10.0.0.2:4711 laddr=...}; null: not in it. */
    static @Nullable LaneIdentity parse(String clientInfo, @Nullable String runId) {
        Map<String, String> fields = BLANKS.splitAsStream(clientInfo.strip())
                .filter(field -> field.indexOf('=') > 0)
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(field -> field[0], field -> field[1], (first, second) -> first));
        String id = fields.get("id");
        String address = fields.get("addr");
        return id == null || address == null || !id.matches("[0-9]{1,18}")
                ? null
                : new LaneIdentity(Long.parseLong(id), address, runId);
    }

    /** Whether a connection of {@code other}'s server life can still be this one. */
    boolean mayLiveOn(@Nullable String otherRunId) {
        return runId == null || otherRunId == null || runId.equals(otherRunId);
    }
}
