package io.cacheservice.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Registers meters that read one number of a snapshot each, and live as long as what is measured. */
final class Meters<T> {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Object measured;
    private final Supplier<T> stats;

    /**
     * @param tags of every meter
     * @param measured held weakly by the registry
     * @param stats must not hold {@code measured} strongly
     */
    Meters(MeterRegistry registry, Tags tags, Object measured, Supplier<T> stats) {
        this.registry = registry;
        this.tags = tags;
        this.measured = measured;
        this.stats = stats;
    }

    void counter(String name, Tags more, String description, ToDoubleFunction<T> count) {
        FunctionCounter.builder(name, measured, reading(count))
                .tags(tags.and(more))
                .description(description)
                .register(registry);
    }

    void gauge(String name, Tags more, @Nullable String unit, String description, ToDoubleFunction<T> value) {
        Gauge.builder(name, measured, reading(value))
                .tags(tags.and(more))
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }

    void nanosGauge(String name, Tags more, String description, ToDoubleFunction<T> nanos) {
        TimeGauge.builder(name, measured, TimeUnit.NANOSECONDS, reading(nanos))
                .tags(tags.and(more))
                .description(description)
                .register(registry);
    }

    private ToDoubleFunction<Object> reading(ToDoubleFunction<T> number) {
        // The fields, not this object, which holds what is measured.
        Supplier<T> snapshot = stats;
        return any -> number.applyAsDouble(snapshot.get());
    }
}
