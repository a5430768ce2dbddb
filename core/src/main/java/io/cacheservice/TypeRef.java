package io.cacheservice;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A type with its parameters, kept at run time: {@code new TypeRef<List<User>>() {}}.
 *
 * <p>Immutable; two references are equal when they name the same type.
 *
 * @param <V> the type
 */
public abstract class TypeRef<V> {
    private final Type type;

    /** Captures the type argument of the subclass; write it as an anonymous class. */
    protected TypeRef() {
        Type parent = getClass().getGenericSuperclass();
        if (!(parent instanceof ParameterizedType captured)) {
            throw new IllegalArgumentException(
                    "TypeRef needs its type argument: write new TypeRef<List<User>>() {}, with the braces");
        }
        this.type = captured.getActualTypeArguments()[0];
    }

    private TypeRef(Type type) {
        this.type = type;
    }

    /** The reference to a plain class. */
    public static <V> TypeRef<V> of(Class<V> type) {
        return new OfType<>(Objects.requireNonNull(type, "type"));
    }

    /** The reference to a type that only reflection knows, such as what a method returns. */
    public static TypeRef<?> of(Type type) {
        return new OfType<>(Objects.requireNonNull(type, "type"));
    }

    /** The type as reflection knows it. */
    public final Type type() {
        return type;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof TypeRef<?> that && type.equals(that.type);
    }

    @Override
    public final int hashCode() {
        return type.hashCode();
    }

    @Override
    public final String toString() {
        return type.getTypeName();
    }

    private static final class OfType<V> extends TypeRef<V> {
        OfType(Type type) {
            super(type);
        }
    }
}
