package io.cacheservice.internal.stats;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** One value for each constant of an enum, fixed at the start: as safe for many threads as its values are. */
final class EnumTable<E extends Enum<E>, T> {
    private final Class<E> constants;
    private final Map<E, T> values;

    EnumTable(Class<E> constants, Supplier<T> value) {
        this.constants = constants;
        this.values = new EnumMap<>(constants);
        for (E constant : constants.getEnumConstants()) {
            values.put(constant, value.get());
        }
    }

    T get(E constant) {
        return Objects.requireNonNull(values.get(constant), "every constant has its value");
    }

    <R> EnumMap<E, R> map(Function<? super T, ? extends R> function) {
        EnumMap<E, R> mapped = new EnumMap<>(constants);
        values.forEach((constant, value) -> mapped.put(constant, function.apply(value)));
        return mapped;
    }
}
