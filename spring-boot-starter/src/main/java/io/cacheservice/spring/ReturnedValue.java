package io.cacheservice.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** The type of what Spring stores of a method's results: without the {@code Optional}, the future or the publisher around it. */
final class ReturnedValue {
    private ReturnedValue() {}

    /**
     * The type of the values of {@code method} as {@code target} has it; null when its declaration does not say, as with
     * {@code Object}, an unbound type variable or a suspending function of Kotlin.
     */
    static @Nullable Type typeOf(Method method, Class<?> target) {
        return KotlinDetector.isSuspendingFunction(method)
                ? null
                : stored(ResolvableType.forMethodReturnType(method, target));
    }

    private static @Nullable Type stored(ResolvableType returned) {
        Class<?> raw = returned.resolve();
        if (raw == null) {
            return null;
        }
        ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(raw);
        if (adapter != null && adapter.isMultiValue()) {
            Type element = concrete(returned.getGeneric());
            return element == null ? null : parameterized(List.class, element);
        }
        boolean wrapped = adapter != null || raw == java.util.Optional.class;
        return concrete(wrapped ? returned.getGeneric() : returned);
    }

    private static @Nullable Type concrete(ResolvableType type) {
        Class<?> raw = type.resolve();
        if (raw == null || raw == Object.class || raw == void.class || raw == Void.class) {
            return null;
        }
        if (!type.hasGenerics()) {
            return ClassUtils.resolvePrimitiveIfNecessary(raw);
        }
        ResolvableType[] arguments = type.getGenerics();
        Type[] known = new Type[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            Type argument = arguments[i].resolve() == Object.class ? Object.class : concrete(arguments[i]);
            if (argument == null) {
                return null;
            }
            known[i] = argument;
        }
        return parameterized(raw, known);
    }

    private static Type parameterized(Class<?> raw, Type... arguments) {
        ResolvableType[] generics = new ResolvableType[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            generics[i] = ResolvableType.forType(arguments[i]);
        }
        return ResolvableType.forClassWithGenerics(raw, generics).getType();
    }
}
