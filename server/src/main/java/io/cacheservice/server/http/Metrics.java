package io.cacheservice.server.http;

import io.cacheservice.CacheService;
import io.cacheservice.micrometer.CacheServiceMetrics;
import io.javalin.http.Context;
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

    void read(Context ctx) {
        Replies.bytes(ctx, 200, TEXT, registry.scrape(TEXT).getBytes(StandardCharsets.UTF_8));
    }

    void close() {
        registry.close();
    }
}
