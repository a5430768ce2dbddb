package io.cacheservice.internal.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of value a setting can have. */
final class SettingTypes {
    private SettingTypes() {}

    private static List<String> words(String text) {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(String::trim).toList();
    }

    record Text(Pattern form, String allowed) implements SettingType<String> {
        @Override
        public String parse(String text) {
            return text.trim();
        }

        @Override
        public boolean accepts(String value) {
            return form.matcher(value).matches();
        }

        @Override
        public String print(String value) {
            return value;
        }

        @Override
        public boolean freeText() {
            return true;
        }
    }

    record Secret() implements SettingType<String> {
        @Override
        public String parse(String text) {
            return text;
        }

        @Override
        public boolean accepts(String value) {
            return !value.isEmpty();
        }

        @Override
        public String allowed() {
            return "a text that is not empty";
        }

        @Override
        public String print(String value) {
            return "***";
        }

        @Override
        public String printUnread(String text) {
            return "***";
        }

        @Override
        public boolean freeText() {
            return true;
        }
    }

    record Url() implements SettingType<String> {
        @Override
        public String parse(String text) {
            return text.trim();
        }

        @Override
        public boolean accepts(String value) {
            return reason(value) == null;
        }

        @Override
        public String allowed() {
            return "redis://[[user]:password@]host[:port][/db], or rediss:// for TLS";
        }

        @Override
        public String print(String value) {
            return RedisUrl.redact(value);
        }

        @Override
        public String printUnread(String text) {
            return RedisUrl.redact(text);
        }

        @Override
        public @Nullable String reason(String value) {
            try {
                RedisUrl.parse(value);
                return null;
            } catch (IllegalArgumentException e) {
                return e.getMessage();
            }
        }

        @Override
        public boolean freeText() {
            return true;
        }
    }

    record Zones() implements SettingType<List<String>> {
        @Override
        public List<String> parse(String text) {
            return words(text);
        }

        @Override
        public boolean accepts(List<String> value) {
            return reason(value) == null;
        }

        @Override
        public String allowed() {
            return "at least two of name=redis://[[user]:password@]host[:port][/db], or rediss:// for TLS, separated by"
                    + " commas";
        }

        @Override
        public String print(List<String> value) {
            return value.stream().map(ZoneUrl::redact).collect(Collectors.joining(","));
        }

        @Override
        public String printUnread(String text) {
            return "***";
        }

        @Override
        public @Nullable String reason(List<String> value) {
            if (value.size() == 1) {
                return "it names one zone only";
            }
            try {
                long names = value.stream()
                        .map(ZoneUrl::parse)
                        .map(ZoneUrl::name)
                        .distinct()
                        .count();
                return names == value.size() ? null : "two zones have the same name";
            } catch (IllegalArgumentException e) {
                return e.getMessage();
            }
        }

        @Override
        public boolean freeText() {
            return true;
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
        // narrower than what Double reads, which includes NaN, hexadecimals and a trailing d
        private static final Pattern FORM = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?");

        @Override
        public Double parse(String text) {
            if (!FORM.matcher(text.trim()).matches()) {
                throw new IllegalArgumentException(text);
            }
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

    record HeapShare() implements SettingType<Double> {
        private static final String NONE = "none";
        private static final double LEAST = 0.3;
        private static final double MOST = 0.95;

        @Override
        public Double parse(String text) {
            return text.trim().equals(NONE) ? Double.valueOf(1) : new Probability().parse(text);
        }

        @Override
        public boolean accepts(Double value) {
            return (value >= LEAST && value <= MOST) || value == 1;
        }

        @Override
        public String allowed() {
            return "a number from " + LEAST + " to " + MOST + "; or none";
        }

        @Override
        public String print(Double value) {
            return value == 1 ? NONE : value.toString();
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
        private static final Pattern FORM = Pattern.compile("([0-9]{1,15})(ms|s|m|h|d)");
        private static final List<Unit> UNITS =
                List.of(new Unit("d", 86_400), new Unit("h", 3_600), new Unit("m", 60), new Unit("s", 1));
        private static final Duration MOST_MILLIS = Duration.ofMillis(Long.MAX_VALUE);

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
            try {
                return switch (m.group(2)) {
                    case "ms" -> Duration.ofMillis(n);
                    case "s" -> Duration.ofSeconds(n);
                    case "m" -> Duration.ofMinutes(n);
                    case "h" -> Duration.ofHours(n);
                    default -> Duration.ofDays(n);
                };
            } catch (ArithmeticException overflow) {
                throw new IllegalArgumentException(text, overflow);
            }
        }

        @Override
        public boolean accepts(Duration value) {
            return value.compareTo(min) >= 0 && value.compareTo(max) <= 0 && wholeMillis(value);
        }

        @Override
        public String allowed() {
            return "a duration with its unit, "
                    + (min.isZero() ? "up to " : "from " + print(min) + " to ")
                    + print(max)
                    + " in whole milliseconds, such as 300ms, 30s, 10m, 1h or 7d"
                    + (min.isZero() ? "; or none" : "");
        }

        @Override
        public String print(Duration value) {
            if (value.isZero()) {
                return "none";
            }
            long seconds = value.getSeconds();
            if (value.getNano() == 0) {
                for (Unit unit : UNITS) {
                    if (seconds % unit.seconds() == 0) {
                        return seconds / unit.seconds() + unit.name();
                    }
                }
            }
            // a duration that is refused can be too long for milliseconds, or finer
            return wholeMillis(value) && value.abs().compareTo(MOST_MILLIS) < 0
                    ? value.toMillis() + "ms"
                    : value.toString();
        }

        private static boolean wholeMillis(Duration value) {
            return value.truncatedTo(ChronoUnit.MILLIS).equals(value);
        }

        private record Unit(String name, long seconds) {}
    }

    record Size(long min, long max) implements SettingType<Long> {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,15})(b|kb|mb|gb)");

        @Override
        public Long parse(String text) {
            Matcher m = FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
            if (!m.matches()) {
                throw new IllegalArgumentException(text);
            }
            long unit = switch (m.group(2)) {
                case "b" -> 1L;
                case "kb" -> 1L << 10;
                case "mb" -> 1L << 20;
                default -> 1L << 30;
            };
            try {
                return Math.multiplyExact(Long.parseLong(m.group(1)), unit);
            } catch (ArithmeticException overflow) {
                throw new IllegalArgumentException(text, overflow);
            }
        }

        @Override
        public boolean accepts(Long value) {
            return value >= min && value <= max;
        }

        @Override
        public String allowed() {
            return "a size with its unit, from " + print(min) + " to " + print(max) + ", such as 256kb, 64mb or 1gb";
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

    record Words(Pattern form, String allowed, boolean secret) implements SettingType<List<String>> {
        @Override
        public List<String> parse(String text) {
            return words(text);
        }

        @Override
        public boolean accepts(List<String> value) {
            return value.stream().allMatch(word -> form.matcher(word).matches());
        }

        @Override
        public String print(List<String> value) {
            return secret && !value.isEmpty() ? "***" : String.join(",", value);
        }

        @Override
        public String printUnread(String text) {
            return secret ? "***" : text;
        }

        @Override
        public boolean freeText() {
            return true;
        }
    }
}
