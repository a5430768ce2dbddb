package io.cacheservice.server.source;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of keys that tells which part of a key names the record: what its stars stand for. It matches the same keys as
 * in {@link io.cacheservice.CacheService#source}; of several ways to match, each star but the last takes as little as it can.
 *
 * @param stars how many there are
 */
record KeyPattern(String text, int stars) {
    /** Whether {@code text} is one: not empty, and no two stars side by side, which would leave open what each takes. */
    static boolean accepts(String text) {
        return !text.isEmpty() && !text.contains("**");
    }

    static KeyPattern of(String text) {
        return new KeyPattern(text, (int) text.chars().filter(c -> c == '*').count());
    }

    /** What the stars stand for in {@code key}, in order; null when it does not match. */
    @Nullable
    List<String> match(String key) {
        List<Integer> begins = new ArrayList<>(stars);
        List<Integer> ends = new ArrayList<>(stars);
        int at = 0;
        int star = -1;
        int afterStar = 0;
        int i = 0;
        while (i < key.length()) {
            char c = at < text.length() ? text.charAt(at) : 0;
            if (at < text.length() && c == '*') {
                if (star >= 0) {
                    ends.add(afterStar);
                }
                begins.add(i);
                star = at++;
                afterStar = i;
            } else if (at < text.length() && c == '?') {
                at++;
                i += Character.charCount(key.codePointAt(i));
            } else if (at < text.length() && c == key.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1; // the last star takes one character more
                i = ++afterStar;
            } else {
                return null;
            }
        }
        return end(key, at, star >= 0 ? afterStar : -1, begins, ends);
    }

    /** Only a star may be left of the pattern, which then takes nothing. */
    private @Nullable List<String> end(String key, int at, int afterStar, List<Integer> begins, List<Integer> ends) {
        if (afterStar >= 0) {
            ends.add(afterStar);
        }
        if (at < text.length() && text.charAt(at) == '*') {
            begins.add(key.length());
            ends.add(key.length());
            at++;
        }
        if (at < text.length()) {
            return null;
        }
        List<String> taken = new ArrayList<>(stars);
        for (int i = 0; i < begins.size(); i++) {
            taken.add(key.substring(begins.get(i), ends.get(i)));
        }
        return List.copyOf(taken);
    }
}
