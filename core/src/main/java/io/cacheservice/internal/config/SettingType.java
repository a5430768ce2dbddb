package io.cacheservice.internal.config;

import java.time.Duration;
import java.util.List;

/**
 * Reads a value from text, checks it and prints it.
 *
 * @param <T> the value
 */
public interface SettingType<T> {
    /**
     * The value that {@code text} stands for.
     *
     * @throws IllegalArgumentException when it stands for none; the message is not used, {@link #allowed()} is
     */
    T parse(String text);

    /** Whether a value given in code is allowed. */
    boolean accepts(T value);

    /** What is allowed, to complete the sentence "expected ...". */
    String allowed();

    /** The text for {@code value}, which {@link #parse} reads back; secrets print as {@code ***}. */
    String print(T value);

    /** Any text but the empty one. */
    static SettingType<String> text(String allowed) {
        return new SettingTypes.Text(allowed, false);
    }

    /** Text that is never printed. */
    static SettingType<String> secret() {
        return new SettingTypes.Text("a non-empty text", true);
    }

    /** A whole number. */
    static SettingType<Integer> integer(int min, int max) {
        return new SettingTypes.Int(min, max);
    }

    /** A number between 0 and 1. */
    static SettingType<Double> probability() {
        return new SettingTypes.Probability();
    }

    /** True or false. */
    static SettingType<Boolean> bool() {
        return new SettingTypes.Bool();
    }

    /** A duration with its unit; {@code none} is {@link Duration#ZERO} where {@code min} is zero. */
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

    /** Words separated by commas. */
    static SettingType<List<String>> list(String allowed, boolean secret) {
        return new SettingTypes.Words(allowed, secret);
    }
}
