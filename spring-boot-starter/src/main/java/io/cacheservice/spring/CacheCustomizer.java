package io.cacheservice.spring;

import io.cacheservice.CacheBuilder;

/** A bean that changes what properties cannot say of a cache: its codec, its Redis keys, its tags, when it refreshes. */
@FunctionalInterface
public interface CacheCustomizer {
    /**
     * Called once for each cache before it is opened, after its properties are in.
     *
     * @param name the cache's name
     * @param builder begun with the cache's key codec and the type of its values
     */
    void customize(String name, CacheBuilder<Object, Object> builder);
}
