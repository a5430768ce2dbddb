package io.cacheservice.server.http;

import io.cacheservice.EntryOptions;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads durations as requests give them, in the syntax of the settings. */
final class LifeText {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)");
    private static final Duration LONGEST = Duration.ofDays(36500);

    private LifeText() {}

    /** How an entry with this {@code ttl} is kept; null is the default life, {@code none} is for ever. */
    static EntryOptions options(@Nullable String ttl) {
        if (ttl == null) {
            return EntryOptions.defaults();
        }
        Duration life = life(ttl);
        return life == null ? EntryOptions.noExpiry() : EntryOptions.ttl(life);
    }

    /** How long an entry with this {@code ttl} lives; null, which is written {@code none}, is for ever. */
    static @Nullable Duration life(String ttl) {
        if (ttl.equals("none")) {
            return null;
        }
        Duration life = duration(ttl);
        if (life == null || life.isZero()) {
            throw refusal(
                    "ttl",
                    ttl,
                    "from 1ms to 36500d, such as 300ms, 30s, 10m, 1h or 7d, or none for a life without end");
        }
        return life;
    }

    /** How much life left makes an entry due for a refresh; {@code none} is zero, as in the settings. */
    static Duration threshold(String text) {
        Duration threshold = text.equals("none") ? Duration.ZERO : duration(text);
        if (threshold == null) {
            throw refusal("threshold", text, "up to 36500d, such as 300ms, 30s, 10m, 1h or 7d, or none");
        }
        return threshold;
    }

    private static @Nullable Duration duration(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            return null;
        }
        long n = Long.parseLong(m.group(1));
        long millisPerUnit = switch (m.group(2)) {
            case "ms" -> 1L;
            case "s" -> 1_000L;
            case "m" -> 60_000L;
            case "h" -> 3_600_000L;
            default -> 86_400_000L;
        };
        if (n > LONGEST.toMillis() / millisPerUnit) {
            return null;
        }
        return Duration.ofMillis(n * millisPerUnit);
    }

    private static ProblemException refusal(String name, String text, String expected) {
        return new ProblemException(Problem.badRequest(
                name + " = '" + text + "' is refused: expected a duration with its unit, " + expected));
    }
}
