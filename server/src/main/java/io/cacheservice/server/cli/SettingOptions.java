package io.cacheservice.server.cli;

import io.cacheservice.CacheConfig;
import io.cacheservice.server.source.SourceSettings;
import io.cacheservice.server.source.SourcesYaml;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command takes its settings from. */
final class SettingOptions {
    @Option(
            names = "--redis-url",
            paramLabel = "URL",
            description = "Sets url: redis://host:port/db. Give a password in CACHE_URL or passwordFile instead, since"
                    + " other users of this machine can see a command line.")
    private @Nullable String redisUrl;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Reads settings from FILE, properties or YAML. Otherwise from CACHE_CONFIG_FILE, else from"
                    + " cache-service.properties or cache-service.yaml here if there is one.")
    private @Nullable Path file;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Sets any setting; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /**
     * The settings.
     *
     * @param others given by other options, by name
     * @throws io.cacheservice.CacheConfigException naming everything that is wrong
     */
    CacheConfig read(Map<String, ConfigSources.Given> others) {
        Map<String, ConfigSources.Given> given = new LinkedHashMap<>();
        settings.forEach((name, text) -> given.put(name, new ConfigSources.Given(text, "--set")));
        given.putAll(others);
        if (redisUrl != null) {
            given.put("url", new ConfigSources.Given(redisUrl, "--redis-url"));
        }
        return ConfigSources.read(given, file, System.getenv(), Path.of(""));
    }

    /**
     * The sources that the file of settings names, if it is YAML.
     *
     * @throws io.cacheservice.CacheConfigException saying where what is wrong
     */
    List<SourceSettings> sources() {
        return ConfigSources.yaml(file, System.getenv(), Path.of(""))
                .map(yaml -> SourcesYaml.read(yaml, System.getenv()))
                .orElse(List.of());
    }
}
