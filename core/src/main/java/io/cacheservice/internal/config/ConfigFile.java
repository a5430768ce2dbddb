package io.cacheservice.internal.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the configuration file that nobody passed in code. */
public final class ConfigFile {
    /** The system property that names it. */
    public static final String PROPERTY = "cacheservice.config";

    /** The environment variable that names it. */
    public static final String VARIABLE = "CACHE_CONFIG_FILE";

    /** Its name where none is given; it may be absent. */
    public static final String STANDARD_NAME = "cache-service.properties";

    private ConfigFile() {}

    /**
     * The file that {@code property} names, else the environment, else the standard one if it exists in {@code folder}.
     *
     * @param property the value of the system property; null when not set
     */
    public static Optional<Path> find(@Nullable String property, Map<String, String> environment, Path folder) {
        String named = property == null ? environment.get(VARIABLE) : property;
        if (named != null) {
            return Optional.of(folder.resolve(named));
        }
        return Optional.of(folder.resolve(STANDARD_NAME)).filter(Files::exists);
    }
}
