/** Several independent servers that hold the same cache. */
@NullMarked
package io.cacheservice.redis.zones;

import org.jspecify.annotations.NullMarked;
