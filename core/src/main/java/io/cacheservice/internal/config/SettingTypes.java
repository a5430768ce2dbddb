package io.cacheservice.internal.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of value a setting can have. */
final class SettingTypes {
    private SettingTypes() {}

    record Text(String allowed, boolean secret) implements SettingType<String> {
        @Override
        public String parse(String text) {
            return text;
        }

        @Override
        public boolean accepts(String value) {
            return !value.isBlank();
        }

        @Override
        public String print(String value) {
            return secret ? "***" : value;
        }
    }

    record Int(int min, int max) implements SettingType<Integer> {
        @Override
        public Integer parse(String text) {
            return Integer.valueOf(text.trim());
        }

        @Override
        public boolean accepts(Integer value) {
            return value >= min && value <= max;
        }

        @Override
        public String allowed() {
            return "a whole number from " + min + " to " + max;
        }

        @Override
        public String print(Integer value) {
            return value.toString();
        }
    }

    record Probability() implements SettingType<Double> {
        @Override
        public Double parse(String text) {
            return Double.valueOf(text.trim());
        }

        @Override
        public boolean accepts(Double value) {
            return value >= 0 && value <= 1;
        }

        @Override
        public String allowed() {
            return "a number from 0 to 1";
        }

        @Override
        public String print(Double value) {
            return value.toString();
        }
    }

    record Bool() implements SettingType<Boolean> {
        @Override
        public Boolean parse(String text) {
            return switch (text.trim().toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException(text);
            };
        }

        @Override
        public boolean accepts(Boolean value) {
            return true;
        }

        @Override
        public String allowed() {
            return "true or false";
        }

        @Override
        public String print(Boolean value) {
            return value.toString();
        }
    }

    record Time(Duration min, Duration max) implements SettingType<Duration> {
        private static final Pattern FORM = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)");

        @Override
        public Duration parse(String text) {
            if (text.trim().equals("none")) {
                return Duration.ZERO;
            }
            Matcher m = FORM.matcher(text.trim());
            if (!m.matches()) {
                throw new IllegalArgumentException(text);
            }
            long n = Long.parseLong(m.group(1));
            return switch (m.group(2)) {
                case "ms" -> Duration.ofMillis(n);
                case "s" -> Duration.ofSeconds(n);
                case "m" -> Duration.ofMinutes(n);
                case "h" -> Duration.ofHours(n);
                default -> Duration.ofDays(n);
            };
        }

        @Override
        public boolean accepts(Duration value) {
            return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
        }

        @Override
        public String allowed() {
            return "a duration with its unit from " + print(min) + " to " + print(max)
                    + ", such as 300ms, 30s, 10m, 1h or 7d" + (min.isZero() ? ", or none" : "");
        }

        @Override
        public String print(Duration value) {
            if (value.isZero()) {
                return "none";
            }
            long millis = value.toMillis();
            long[] units = {86_400_000, 3_600_000, 60_000, 1_000};
            String[] names = {"d", "h", "m", "s"};
            for (int i = 0; i < units.length; i++) {
                if (millis % units[i] == 0) {
                    return millis / units[i] + names[i];
                }
            }
            return millis + "ms";
        }
    }

    record Size(long min, long max) implements SettingType<Long> {
        private static final Pattern FORM = Pattern.compile("(\\d{1,12})(b|kb|mb|gb)");

        @Override
        public Long parse(String text) {
            Matcher m = FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
            if (!m.matches()) {
                throw new IllegalArgumentException(text);
            }
            long n = Long.parseLong(m.group(1));
            return switch (m.group(2)) {
                case "b" -> n;
                case "kb" -> n << 10;
                case "mb" -> n << 20;
                default -> n << 30;
            };
        }

        @Override
        public boolean accepts(Long value) {
            return value >= min && value <= max;
        }

        @Override
        public String allowed() {
            return "a size with its unit from " + print(min) + " to " + print(max) + ", such as 256kb, 64mb or 1gb";
        }

        @Override
        public String print(Long value) {
            if (value != 0 && value % (1L << 30) == 0) {
                return (value >> 30) + "gb";
            }
            if (value != 0 && value % (1L << 20) == 0) {
                return (value >> 20) + "mb";
            }
            if (value != 0 && value % (1L << 10) == 0) {
                return (value >> 10) + "kb";
            }
            return value + "b";
        }
    }

    record Word(List<String> words) implements SettingType<String> {
        @Override
        public String parse(String text) {
            return text.trim();
        }

        @Override
        public boolean accepts(String value) {
            return words.contains(value);
        }

        @Override
        public String allowed() {
            return "one of " + String.join(", ", words);
        }

        @Override
        public String print(String value) {
            return value;
        }
    }

    record Words(String allowed, boolean secret) implements SettingType<List<String>> {
        @Override
        public List<String> parse(String text) {
            return Arrays.stream(text.split(",", -1)).map(String::trim).toList();
        }

        @Override
        public boolean accepts(List<String> value) {
            return value.stream().noneMatch(String::isBlank);
        }

        @Override
        public String print(List<String> value) {
            return secret ? "***" : String.join(",", value);
        }
    }
}
