package io.cacheservice.server.http;

import io.cacheservice.EntryOptions;
import io.cacheservice.server.yaml.UnitText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads durations as requests give them, in the syntax of the settings. */
final class LifeText {
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
        Duration life = UnitText.duration(ttl);
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
        Duration threshold = text.equals("none") ? Duration.ZERO : UnitText.duration(text);
        if (threshold == null) {
            throw refusal("threshold", text, "up to 36500d, such as 300ms, 30s, 10m, 1h or 7d, or none");
        }
        return threshold;
    }

    private static ProblemException refusal(String name, String text, String expected) {
        return new ProblemException(Problem.badRequest(
                name + " = '" + text + "' is refused: expected a duration with its unit, " + expected));
    }
}
