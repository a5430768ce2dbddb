package io.cacheservice.server.cli;

import io.cacheservice.CacheConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the settings of the program together: the command line wins over the environment, and that over the file. */
final class ConfigSources {
    private static final List<String> STANDARD_FILES =
            List.of("cache-service.properties", "cache-service.yaml", "cache-service.yml");

    private ConfigSources() {}

    /** A setting's text and the option that gave it. */
    record Given(String text, String option) {}

    /**
     * The settings.
     *
     * @param commandLine by name
     * @param file the file that the command line names; null when it names none
     * @param folder where a standard file is looked for
     * @throws io.cacheservice.CacheConfigException naming everything that is wrong
     */
    static CacheConfig read(
            Map<String, Given> commandLine, @Nullable Path file, Map<String, String> environment, Path folder) {
        CacheConfig.Builder builder = CacheConfig.builder();
        file(file, environment, folder).ifPresent(path -> {
            if (isYaml(path)) {
                YamlSettings.read(path).forEach((name, text) -> builder.put(name, text, "file " + path));
            } else {
                builder.putFile(path);
            }
        });
        Map<String, String> settings = new TreeMap<>(environment);
        // the launcher's and the other commands', no settings of the cache
        settings.keySet().removeIf(name -> name.startsWith("CACHE_SERVICE_"));
        builder.putEnvironment(settings);
        commandLine.forEach((name, given) -> builder.put(name, given.text(), "command line " + given.option()));
        return builder.build();
    }

    /**
     * The file of {@link #read} if it is YAML, which may name sources too.
     *
     * @param file the file that the command line names; null when it names none
     */
    static Optional<Path> yaml(@Nullable Path file, Map<String, String> environment, Path folder) {
        return file(file, environment, folder).filter(ConfigSources::isYaml);
    }

    private static Optional<Path> file(@Nullable Path named, Map<String, String> environment, Path folder) {
        if (named != null) {
            return Optional.of(named);
        }
        String variable = environment.get("CACHE_CONFIG_FILE");
        if (variable != null) {
            return Optional.of(folder.resolve(variable));
        }
        return STANDARD_FILES.stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst();
    }

    private static boolean isYaml(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }
}
