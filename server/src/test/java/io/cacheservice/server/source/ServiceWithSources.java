package io.cacheservice.server.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** A service over the local tier with the sources of a YAML text. */
@NullMarked
public final class ServiceWithSources implements AutoCloseable {
    public final CacheService service;
    public final OpenSources sources;

    private ServiceWithSources(CacheService service, OpenSources sources) {
        this.service = service;
        this.sources = sources;
    }

    public static ServiceWithSources open(Path folder, String yaml) throws IOException {
        return open(folder, yaml, Map.of(), config -> config);
    }

    public static ServiceWithSources open(
            Path folder, String yaml, Map<String, String> environment, UnaryOperator<CacheConfig.Builder> settings)
            throws IOException {
        Path file = Files.writeString(folder.resolve("sources.yaml"), yaml);
        CacheService service = CacheService.open(
                settings.apply(CacheConfig.builder().serverPort(0)).build());
        try {
            return new ServiceWithSources(service, OpenSources.open(SourcesYaml.read(file, environment), service));
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    /** The value of {@code key} as text. */
    public @Nullable String get(String key) {
        byte[] value = service.get(key);
        return value == null ? null : new String(value, UTF_8);
    }

    @Override
    public void close() {
        service.close();
        sources.close();
    }
}
