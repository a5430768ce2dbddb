/**
 * The public face of the cache: {@link io.cacheservice.CacheService} for bytes, {@link io.cacheservice.Cache} for typed
 * values.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
@NullMarked
package io.cacheservice;

import org.jspecify.annotations.NullMarked;
