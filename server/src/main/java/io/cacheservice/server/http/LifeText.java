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
        if (ttl.equals("none")) {
            return EntryOptions.noExpiry();
        }
        Duration life = duration("ttl", ttl);
        if (life.isZero()) {
            throw refusal("ttl", ttl);
        }
        return EntryOptions.ttl(life);
    }

    /** The duration that {@code text} stands for. */
    static Duration duration(String name, String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw refusal(name, text);
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
            throw refusal(name, text);
        }
        return Duration.ofMillis(n * millisPerUnit);
    }

    private static ProblemException refusal(String name, String text) {
        return new ProblemException(Problem.badRequest(name + " = '" + text
                + "' is refused: expected a duration with its unit from 1ms to 36500d, such as 300ms, 30s, 10m, 1h or 7d,"
                + " or none for a life without end"));
    }
}
