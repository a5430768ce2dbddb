package io.cacheservice.server.source;

import io.cacheservice.CacheService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sources of a service, at work until they are closed, which is after the service. Safe for use by many threads. */
public final class OpenSources implements AutoCloseable {
    private final List<OpenSource> sources = new ArrayList<>();
    private final Duration defaultTtl;

    private OpenSources(Duration defaultTtl) {
        this.defaultTtl = defaultTtl;
    }

    /**
     * Has {@code service} load the keys of these sources from them. None of them is asked yet, and none need be there.
     *
     * @throws io.cacheservice.CacheConfigException when a driver or a folder is missing
     */
    public static OpenSources open(List<SourceSettings> settings, CacheService service) {
        OpenSources open = new OpenSources(service.config().defaultTtl());
        try {
            for (SourceSettings each : settings) {
                long maxBytes = each.maxBytes().orElse(service.config().maxValueBytes());
                open.sources.add(new OpenSource(each, records(each, maxBytes)));
            }
            open.sources.forEach(source -> open.register(source, service));
            return open;
        } catch (RuntimeException | Error e) {
            open.close();
            throw e;
        }
    }

    private static Records records(SourceSettings settings, long maxBytes) {
        if (settings.kind() instanceof SourceSettings.Jdbc jdbc) {
            return JdbcRecords.open(jdbc, settings, maxBytes);
        }
        if (settings.kind() instanceof SourceSettings.Http http) {
            return new HttpRecords(http, maxBytes, settings.contentType().isEmpty());
        }
        return DirectoryRecords.open((SourceSettings.Directory) settings.kind(), settings.place(), maxBytes);
    }

    private void register(OpenSource source, CacheService service) {
        String pattern = source.settings().pattern().text();
        Duration ttl = ttl(source);
        if (source.records() instanceof Records.InBulk many) {
            service.bulkSource(pattern, ttl, keys -> source.loadAll(many, keys));
        } else {
            service.source(pattern, ttl, source::load);
        }
    }

    private Duration ttl(OpenSource source) {
        return source.settings().ttl().orElse(defaultTtl);
    }

    /** The media type of what a source gives for {@code key}; empty when none does, or does not know. */
    public Optional<String> contentType(String key) {
        for (OpenSource source : sources) {
            if (source.matches(key)) {
                return source.contentType(key);
            }
        }
        return Optional.empty();
    }

    /** A line for each: its pattern, what it is, and how long what it gives is kept. No secrets. */
    public List<String> lines() {
        return sources.stream()
                .map(source -> source.settings().pattern().text() + " from "
                        + source.records().description() + ", kept " + text(ttl(source)))
                .toList();
    }

    private static String text(Duration ttl) {
        long millis = ttl.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    @Override
    public void close() {
        sources.forEach(OpenSource::close);
    }
}
