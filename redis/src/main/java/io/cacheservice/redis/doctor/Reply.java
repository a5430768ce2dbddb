package io.cacheservice.redis.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.redis.internal.server.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a server answered one command, or did not. */
sealed interface Reply {
    /** An answer: nested lists of byte arrays, numbers, switches and nulls. */
    record Value(@Nullable Object value) implements Reply {}

    /** An error reply, without what a server may quote of the command. */
    record Refused(String error) implements Reply {}

    /** No answer, for this reason. */
    record Lost(String reason) implements Reply {}

    /** The error reply; null: it is none. */
    default @Nullable String error() {
        return this instanceof Refused refused ? refused.error() : null;
    }

    /** Whether the error reply is of this kind. */
    default boolean is(Refusal refusal) {
        String error = error();
        return error != null && Refusal.of(error) == refusal;
    }

    /** Whether the user may not do this, or the server does not know the command, for instance since it was renamed. */
    default boolean isForbidden() {
        String error = error();
        return error != null
                && (Refusal.of(error) == Refusal.NOPERM
                        || error.startsWith("ERR unknown command")
                        || error.startsWith("ERR unknown subcommand")
                        || error.startsWith("ERR Unknown subcommand"));
    }

    /** The answer. */
    default @Nullable Object value() {
        return this instanceof Value answer ? answer.value() : null;
    }

    /** The answer as text; null: there is none. */
    default @Nullable String text() {
        return text(value());
    }

    /** The answer as a list; empty: it is none. */
    default List<?> list() {
        return value() instanceof List<?> list ? list : List.of();
    }

    /** The names and values of the answer. */
    default Map<String, String> fields() {
        return fields(value());
    }

    /** The error or why there is no answer; the answer itself is not told. */
    default String trouble() {
        if (this instanceof Refused refused) {
            return "\"" + refused.error() + "\"";
        }
        return this instanceof Lost lost ? lost.reason() : "an unexpected answer";
    }

    /** {@code value} as text; null: it is none. */
    static @Nullable String text(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return new String(bytes, UTF_8);
        }
        return value == null || value instanceof List<?> ? null : value.toString();
    }

    /** The names and values of a list in which they alternate. */
    static Map<String, String> fields(@Nullable Object value) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (value instanceof List<?> list) {
            for (int i = 0; i + 1 < list.size(); i += 2) {
                String name = text(list.get(i));
                String field = text(list.get(i + 1));
                if (name != null && field != null) {
                    fields.put(name, field);
                }
            }
        }
        return fields;
    }
}
