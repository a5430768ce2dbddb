package io.cacheservice.internal.config;

import org.jspecify.annotations.Nullable;

/**
 * One setting: its name in code, what it accepts, its default and what it means.
 *
 * @param name the name in code and files; the environment has {@code CACHE_} and the name in upper snake case
 * @param type reads and prints its values
 * @param defaultValue what applies when nothing is set; null when there is nothing
 * @param meaning one or two sentences for the documentation
 */
public record Setting<T>(
        String name, SettingType<T> type, @Nullable T defaultValue, String meaning) {
    /** The name of the environment variable. */
    public String environmentName() {
        StringBuilder snake = new StringBuilder("CACHE_");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '.') {
                snake.append('_');
            } else if (Character.isUpperCase(c)) {
                snake.append('_').append(c);
            } else {
                snake.append(Character.toUpperCase(c));
            }
        }
        return snake.toString();
    }
}
