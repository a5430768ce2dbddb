package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.redis.internal.server.Refusal;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the server to {@code maxMemory} and {@code maxMemoryPolicy}: verifies them once in each life of the server, or sets
 * them with {@code manageServer}.
 *
 * <p>A difference stops the start of the service; found later, it is logged, since a running service is not ended for it.
 * Where the user may not look, that is logged and the service starts. Safe for use by many threads.
 */
final class ServerMemory {
    private static final System.Logger LOG = System.getLogger("io.cacheservice.redis");

    private final String where;
    private final Map<String, String> wanted;
    private final boolean manage;
    private final AtomicReference<String> settledRunId = new AtomicReference<>();
    private final BooleanSupplier starting;

    /** @param starting whether the service is being opened: only then a difference stops it */
    ServerMemory(CacheConfig config, String where, BooleanSupplier starting) {
        this.starting = starting;
        this.where = where;
        this.manage = config.manageServer();
        Map<String, String> named = new LinkedHashMap<>();
        config.maxMemory().ifPresent(bytes -> named.put("maxmemory", Long.toString(bytes)));
        config.maxMemoryPolicy().ifPresent(policy -> named.put("maxmemory-policy", policy));
        this.wanted = Map.copyOf(named);
    }

    /** Settles it through a lane that is being opened, unless that was done in this life of the server. */
    CompletionStage<?> settle(Lane lane) {
        LaneIdentity identity = lane.identity();
        String runId = identity == null || identity.runId() == null ? "unknown" : identity.runId();
        if (wanted.isEmpty() || runId.equals(settledRunId.get())) {
            return CompletableFuture.completedFuture(null);
        }
        CompletionStage<?> all = CompletableFuture.completedFuture(null);
        for (Map.Entry<String, String> setting : wanted.entrySet()) {
            all = all.thenCompose(before -> settle(lane, setting.getKey(), setting.getValue()));
        }
        // only now: a lane that is lost on the way leaves it to the next
        return all.thenRun(() -> settledRunId.set(runId));
    }

    private CompletionStage<?> settle(Lane lane, String name, String value) {
        CompletionStage<?> settled = manage ? set(lane, name, value) : verify(lane, name, value);
        return settled.exceptionally(failure -> {
            String error = SetupRequest.refusal(failure);
            if (error == null) {
                throw OpeningFailure.of(where, failure);
            }
            warn(where + " refused to " + (manage ? "set " : "tell ") + name + ": "
                    + Refusal.of(error).reason() + " (\"" + Refusal.withoutArguments(error)
                    + "\"), so it is not known to be " + value
                    + ". Grant +config|get and +config|set if the user lacks them, or leave " + settingOf(name)
                    + " unset");
            return null;
        });
    }

    private CompletionStage<?> set(Lane lane, String name, String value) {
        return SetupRequest.send(
                lane,
                where,
                "CONFIG SET",
                CommandType.CONFIG,
                new StatusOutput<>(ByteArrayCodec.INSTANCE),
                Request.args().add("SET").add(name).add(value));
    }

    private CompletionStage<?> verify(Lane lane, String name, String value) {
        return SetupRequest.send(
                        lane,
                        where,
                        "CONFIG GET",
                        CommandType.CONFIG,
                        new BoundedArrayOutput(),
                        Request.args().add("GET").add(name))
                .thenAccept(reply -> {
                    String actual = lastText(reply);
                    if (!value.equals(actual)) {
                        differs(name, value, actual);
                    }
                });
    }

    private void differs(String name, String value, @Nullable String actual) {
        String message = settingOf(name) + " = " + value + ", but " + name + " of the server " + where + " is " + actual
                + ". Set it there (CONFIG SET " + name + " " + value
                + "), let the service do so (manageServer = true), or"
                + " leave " + settingOf(name) + " unset";
        if (starting.getAsBoolean()) {
            throw new CacheConfigException(message);
        }
        warn(message);
    }

    private static void warn(String message) {
        LOG.log(System.Logger.Level.WARNING, message);
    }

    private static String settingOf(String name) {
        return name.equals("maxmemory") ? "maxMemory" : "maxMemoryPolicy";
    }

    /** A reply of names and values, one pair here, flat or in a list of its own. */
    private static @Nullable String lastText(List<?> reply) {
        Object last = reply.isEmpty() ? null : reply.get(reply.size() - 1);
        if (last instanceof List<?> nested) {
            return lastText(nested);
        }
        return last instanceof byte[] bytes ? new String(bytes, UTF_8) : null;
    }
}
