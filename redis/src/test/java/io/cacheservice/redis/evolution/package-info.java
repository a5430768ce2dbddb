/** Two versions of a program on one Redis: what a rolling upgrade costs ({@code redis/drills/rolling-upgrade}). */
@NullMarked
package io.cacheservice.redis.evolution;

import org.jspecify.annotations.NullMarked;
