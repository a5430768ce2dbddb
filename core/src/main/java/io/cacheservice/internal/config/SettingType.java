package io.cacheservice.internal.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value from text, checks it and prints it.
 *
 * @param <T> the value
 */
public interface SettingType<T> {
    /**
     * The value that {@code text} stands for; it may still be one that {@link #accepts} refuses.
     *
     * @throws IllegalArgumentException when it stands for none; the message is not used, {@link #allowed()} is
     */
    T parse(String text);

    /** Whether a value is allowed. */
    boolean accepts(T value);

    /** What is allowed, to complete the sentence "expected ...". */
    String allowed();

    /** The text for {@code value}, which {@link #parse} reads back; secrets print as {@code ***}. */
    String print(T value);

    /** How a text that could not be read is shown in an error; a secret as {@code ***}. */
    default String printUnread(String text) {
        return text;
    }

    /** What is wrong with {@code value} in particular, without repeating it; null when {@link #allowed()} says it all. */
    default @Nullable String reason(T value) {
        return null;
    }

    /** Whether a text that this type reads can still be anything, even a secret put in the wrong place. */
    default boolean freeText() {
        return false;
    }

    /** Text of a form. */
    static SettingType<String> text(Pattern form, String allowed) {
        return new SettingTypes.Text(form, allowed);
    }

    /** Text that is never printed. */
    static SettingType<String> secret() {
        return new SettingTypes.Secret();
    }

    /** The address of a Redis, printed without its password. */
    static SettingType<String> redisUrl() {
        return new SettingTypes.Url();
    }

    /** Names with the addresses of Redis, separated by commas, printed without passwords. */
    static SettingType<List<String>> zones() {
        return new SettingTypes.Zones();
    }

    /** A whole number. */
    static SettingType<Integer> integer(int min, int max) {
        return new SettingTypes.Int(min, max);
    }

    /** A number from 0 to 1. */
    static SettingType<Double> probability() {
        return new SettingTypes.Probability();
    }

    /** A share of the heap; {@code none} is 1, beyond which nothing is. */
    static SettingType<Double> heapShare() {
        return new SettingTypes.HeapShare();
    }

    /** True or false. */
    static SettingType<Boolean> bool() {
        return new SettingTypes.Bool();
    }

    /** A duration of whole milliseconds with its unit; {@code none} is {@link Duration#ZERO}. */
    static SettingType<Duration> duration(Duration min, Duration max) {
        return new SettingTypes.Time(min, max);
    }

    /** A size in bytes with its unit. */
    static SettingType<Long> size(long min, long max) {
        return new SettingTypes.Size(min, max);
    }

    /** One of a few words. */
    static SettingType<String> oneOf(List<String> words) {
        return new SettingTypes.Word(words);
    }

    /** Words of a form, which admits neither commas nor spaces, separated by commas. */
    static SettingType<List<String>> list(Pattern form, String allowed) {
        return new SettingTypes.Words(form, allowed, false);
    }

    /** Such words that are never printed. */
    static SettingType<List<String>> secrets(Pattern form, String allowed) {
        return new SettingTypes.Words(form, allowed, true);
    }
}
