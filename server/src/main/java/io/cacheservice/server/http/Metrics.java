package io.cacheservice.server.http;

import io.cacheservice.CacheService;
import io.cacheservice.micrometer.CacheServiceMetrics;
import io.cacheservice.server.access.Reloaded;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;

/** {@code GET /metrics}: everything counted, as Prometheus text. */
final class Metrics {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    Metrics(CacheService service) {
        new CacheServiceMetrics(service).bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
    }

    /** Counts a request that was refused as one that may not. */
    void refused(int status) {
        String reason = switch (status) {
            case 401 -> "unauthorized";
            case 421 -> "misdirected";
            default -> "forbidden";
        };
        registry.counter("cache.server.refusals", "reason", reason).increment();
    }

    /** Shows whether the last good reading of files is in use because they are broken. */
    void watch(Reloaded<?> files) {
        Gauge.builder("cache.server.files.stale", files, f -> f.isStale() ? 1 : 0)
                .tag("setting", files.setting())
                .register(registry);
    }

    void read(Context ctx) {
        Replies.bytes(ctx, 200, TEXT, registry.scrape(TEXT).getBytes(StandardCharsets.UTF_8));
    }

    void close() {
        registry.close();
    }
}
