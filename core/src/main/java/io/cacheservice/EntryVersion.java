package io.cacheservice;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names one exact stored entry, for compare-and-set. Two writes of the same bytes have different versions.
 *
 * <p>Opaque: compare with {@code equals}, carry it as text (an HTTP entity tag, for example), read nothing into it.
 * Immutable.
 */
public final class EntryVersion {
    private final String text;

    private EntryVersion(String text) {
        this.text = text;
    }

    /**
     * The version that {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException when {@code text} is empty or has other characters than letters, digits and
     *     {@code -}
     */
    public static EntryVersion parse(String text) {
        Objects.requireNonNull(text, "text");
        if (text.isEmpty() || text.length() > 64 || !text.chars().allMatch(EntryVersion::isPlain)) {
            throw new IllegalArgumentException("'" + text
                    + "' is not an entry version: expected 1 to 64 letters, digits and '-', as a lookup reported it");
        }
        return new EntryVersion(text);
    }

    private static boolean isPlain(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EntryVersion that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
