package io.cacheservice.spring;

import io.cacheservice.TypeRef;
import java.util.Objects;

/**
 * A bean that says of which type the values of a cache are, where its methods cannot tell and a class is not enough:
 * {@code new CacheValueType("prices", new TypeRef<Map<String, Price>>() {})}.
 *
 * @param cache the cache's name
 * @param type the type of its values
 */
public record CacheValueType(String cache, TypeRef<?> type) {
    /** The type of the values of {@code cache}. */
    public CacheValueType {
        Objects.requireNonNull(cache, "cache");
        Objects.requireNonNull(type, "type");
    }
}
