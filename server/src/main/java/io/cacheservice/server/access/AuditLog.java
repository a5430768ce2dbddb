package io.cacheservice.server.access;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The record of refused calls and of calls with the scope admin: one JSON object a line, on the logger
 * {@code io.cacheservice.audit}. Has no token, no value, and of a key its length and the beginning of its SHA-256 only.
 *
 * <p>Safe for use by many threads.
 */
public final class AuditLog {
    /** The name of the logger. */
    public static final String LOGGER = "io.cacheservice.audit";

    private static final Logger LOG = Logger.getLogger(LOGGER);
    private static final int HASH_BYTES = 6;
    private static final int BURST = 100;
    private static final int PER_SECOND = 10;

    private final RefusalBudget refusals = new RefusalBudget(BURST, PER_SECOND, System.nanoTime());

    /**
     * A call that has been answered.
     *
     * @param token the name of the token; null when none that is known was shown
     * @param address of the other end of the connection
     * @param method as it was sent
     * @param route the pattern of the path; null when the request did not come so far
     * @param status of the answer
     * @param requestId as in the answer
     * @param key null when there is not exactly one
     * @param refusedKeys how many keys of a batch were refused
     */
    public record Call(
            @Nullable String token,
            String address,
            String method,
            @Nullable String route,
            int status,
            String requestId,
            @Nullable String key,
            int refusedKeys) {
        boolean refused() {
            return status == 401 || status == 403 || status == 421 || refusedKeys > 0;
        }
    }

    /** Writes a line for {@code call}; refused ones beyond a bound are only counted. */
    public void write(Call call) {
        long suppressed = call.refused() ? refusals.take(System.nanoTime()) : 0;
        if (suppressed >= 0 && LOG.isLoggable(Level.INFO)) {
            // given as a parameter, braces in it are not taken for places of others
            LOG.log(Level.INFO, "{0}", line(call, suppressed, Instant.now()));
        }
    }

    static String line(Call call, long suppressed, Instant now) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", now.truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("token", call.token);
        line.put("address", call.address);
        line.put("method", call.method);
        line.put("route", call.route);
        line.put("outcome", outcome(call));
        line.put("status", call.status);
        line.put("requestId", call.requestId);
        if (call.key != null) {
            line.put("keyLength", call.key.length());
            line.put("keyHash", HexFormat.of().formatHex(Tokens.sha256(call.key), 0, HASH_BYTES));
        }
        if (call.refusedKeys > 0) {
            line.put("refusedKeys", call.refusedKeys);
        }
        if (suppressed > 0) {
            line.put("suppressedBefore", suppressed);
        }
        return JsonMapper.shared().writeValueAsString(line);
    }

    private static String outcome(Call call) {
        if (call.refused()) {
            return call.status < 300 ? "partly refused" : "refused";
        }
        return call.status < 400 ? "done" : "failed";
    }
}
