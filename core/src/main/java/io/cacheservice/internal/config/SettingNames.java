package io.cacheservice.internal.config;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the setting that was probably meant by an unknown name. */
final class SettingNames {
    private static final Pattern TELLS_OF_SECRET =
            Pattern.compile("(?i).*(pass|pw|secret|token|key|auth|cred).*", Pattern.DOTALL);

    private static final List<Known> KNOWN =
            Settings.all().stream().map(s -> new Known(s, plain(s.name()))).toList();

    private SettingNames() {}

    private record Known(Setting<?> setting, String plain) {}

    /** The setting with the closest name, if one is close. */
    static Optional<Setting<?>> closest(String unknown) {
        String word = plain(unknown);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        Known nearest = Collections.min(KNOWN, Comparator.comparingInt(known -> distance(word, known.plain())));
        if (distance(word, nearest.plain()) <= 1 + word.length() / 4) {
            return Optional.of(nearest.setting());
        }
        // "redis.host", "tokens"
        return KNOWN.stream()
                .filter(known -> word.endsWith(known.plain())
                        || (word.length() > 3 && known.plain().endsWith(word)))
                .max(Comparator.comparingInt(known -> known.setting().name().length()))
                .map(Known::setting);
    }

    /**
     * The value given to an unknown name as an error may show it. Nobody knows what an unknown name holds, so only what
     * the closest setting would read as a number, a switch, a duration, a size or a word of its list is shown.
     */
    static String shownValue(String unknown, String text) {
        return closest(unknown)
                .filter(s -> !s.type().freeText()
                        && !TELLS_OF_SECRET.matcher(unknown).matches()
                        && reads(s, text))
                .map(s -> text.trim())
                .orElse("***");
    }

    private static <T> boolean reads(Setting<T> setting, String text) {
        try {
            return setting.type().accepts(setting.type().parse(text));
        } catch (IllegalArgumentException unread) {
            return false;
        }
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
    }

    /** How many letters to insert, drop or replace to come from one word to the other (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
