/** Loading as several processes do it that share one Redis: one load, nothing stale installed, nobody kept waiting. */
@NullMarked
package io.cacheservice.redis.loading;

import org.jspecify.annotations.NullMarked;
