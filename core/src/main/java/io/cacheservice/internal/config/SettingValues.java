package io.cacheservice.internal.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was set, each with the place it came from; everything else is at its default. Immutable. */
public final class SettingValues {
    /** The origin of what nobody set. */
    static final String DEFAULT = "default";

    /** Nothing set. */
    public static final SettingValues NONE = new SettingValues(Map.of());

    private final Map<String, Assigned> assigned;

    SettingValues(Map<String, Assigned> assigned) {
        this.assigned = Map.copyOf(assigned);
    }

    /** What was set, else the default; null when there is neither. */
    @SuppressWarnings("unchecked") // a setting is only ever assigned values of its own type
    public <T> @Nullable T value(Setting<T> setting) {
        Assigned found = assigned.get(setting.name());
        return found == null ? setting.defaultValue() : (T) found.value();
    }

    /** Where the value came from. */
    public String origin(Setting<?> setting) {
        Assigned found = assigned.get(setting.name());
        return found == null ? DEFAULT : found.origin();
    }

    /** The same, with the Redis at {@code url} instead of zones. */
    public SettingValues atUrl(String url) {
        Map<String, Assigned> alone = new LinkedHashMap<>(assigned);
        alone.remove(Settings.ZONE.name());
        Assigned zones = alone.remove(Settings.ZONES.name());
        alone.put(Settings.URL.name(), new Assigned(url, zones == null ? DEFAULT : zones.origin()));
        return new SettingValues(alone);
    }

    /** Whether it was set, be it to its default. */
    public boolean isSet(Setting<?> setting) {
        return assigned.containsKey(setting.name());
    }

    /** The value as text, secrets as {@code ***}; null when there is none. */
    public <T> @Nullable String printed(Setting<T> setting) {
        T value = value(setting);
        return value == null ? null : setting.type().print(value);
    }

    /** "name = value (from origin)", to begin an error with. */
    String statement(Setting<?> setting) {
        return Problems.statement(setting.name(), String.valueOf(printed(setting)), origin(setting));
    }

    /** A table of all settings: name, value, origin; secrets as {@code ***}. */
    public String table() {
        Map<String, String> values = new LinkedHashMap<>();
        int nameWidth = 0;
        int valueWidth = 0;
        for (Setting<?> setting : Settings.all()) {
            String printed = printed(setting);
            String value = printed == null || printed.isEmpty() ? "-" : Problems.oneLine(printed);
            values.put(setting.name(), value);
            nameWidth = Math.max(nameWidth, setting.name().length());
            valueWidth = Math.max(valueWidth, value.length());
        }
        StringBuilder table = new StringBuilder();
        for (Setting<?> setting : Settings.all()) {
            String value = values.getOrDefault(setting.name(), "-");
            table.append(setting.name())
                    .append(" ".repeat(nameWidth + 2 - setting.name().length()))
                    .append(value)
                    .append(" ".repeat(valueWidth + 2 - value.length()))
                    .append(Problems.oneLine(origin(setting)))
                    .append('\n');
        }
        return table.toString();
    }

    Map<String, Assigned> assigned() {
        return assigned;
    }

    record Assigned(Object value, String origin) {}
}
