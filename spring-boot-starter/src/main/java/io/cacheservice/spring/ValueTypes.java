package io.cacheservice.spring;

import io.cacheservice.CacheConfigException;
import io.cacheservice.TypeRef;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Of which type the values of each cache are: what a property or a {@link CacheValueType} says, else what its methods return.
 *
 * <p>Bytes in Redis never say it, so that whoever can write there cannot choose the classes that this program creates. Safe
 * for use by many threads.
 */
final class ValueTypes {
    private final Map<String, TypeRef<?>> declared;
    private final Supplier<Map<String, Map<String, CachedMethods.Stored>>> methods;

    /** @param methods looks at the methods anew each time, since beans may come late */
    ValueTypes(Map<String, TypeRef<?>> declared, Supplier<Map<String, Map<String, CachedMethods.Stored>>> methods) {
        this.declared = Map.copyOf(declared);
        this.methods = methods;
    }

    /** The caches of which something is known. */
    Set<String> cacheNames() {
        Set<String> names = new TreeSet<>(declared.keySet());
        names.addAll(methods.get().keySet());
        return names;
    }

    /**
     * The type of the values of {@code cache}.
     *
     * @throws CacheConfigException when nobody says it, or its methods say different ones
     */
    TypeRef<?> of(String cache) {
        TypeRef<?> type = declared.get(cache);
        if (type != null) {
            return type;
        }
        Map<String, CachedMethods.Stored> stored = methods.get().getOrDefault(cache, Map.of());
        if (stored.isEmpty()) {
            throw new CacheConfigException("cache '" + cache + "': nobody says of which type its values are. Methods"
                    + " with @Cacheable or @CachePut say it when they return a type more exact than Object; else set "
                    + CacheServiceProperties.PREFIX + ".caches." + cache + ".type to a class, or declare a bean of "
                    + CacheValueType.class.getSimpleName());
        }
        if (stored.size() > 1) {
            throw new CacheConfigException("cache '" + cache + "': its methods return different types, "
                    + stored.entrySet().stream()
                            .map(one -> one.getKey() + " (" + one.getValue().method() + ")")
                            .collect(Collectors.joining(" and "))
                    + ". Give each type a cache of its own, or set " + CacheServiceProperties.PREFIX + ".caches."
                    + cache + ".type to what they have in common");
        }
        return TypeRef.of(stored.values().iterator().next().type());
    }
}
