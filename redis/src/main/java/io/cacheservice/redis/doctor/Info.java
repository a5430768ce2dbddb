package io.cacheservice.redis.doctor;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of {@code INFO}, or of another reply of such lines.
 *
 * @param fields by name; empty: it could not be read
 */
record Info(Map<String, String> fields) {
    static final Info UNKNOWN = new Info(Map.of());

    static Info parse(@Nullable String lines) {
        if (lines == null) {
            return UNKNOWN;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        lines.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0 && line.charAt(0) != '#') {
                fields.put(line.substring(0, colon), line.substring(colon + 1));
            }
        });
        return new Info(fields);
    }

    boolean isKnown() {
        return !fields.isEmpty();
    }

    /** null: not told. */
    @Nullable
    String text(String name) {
        return fields.get(name);
    }

    boolean says(String name, String value) {
        return value.equals(fields.get(name));
    }

    /** -1: not told, or no number. */
    long number(String name) {
        return whole(fields.get(name));
    }

    /** -1: no number. */
    static long whole(@Nullable String digits) {
        return digits == null || !digits.matches("[0-9]{1,18}") ? -1 : Long.parseLong(digits);
    }
}
