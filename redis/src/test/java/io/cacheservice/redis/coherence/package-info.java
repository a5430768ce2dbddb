/**
 * What keeps local copies of Redis honest: a schedule for each guard, of a few seconds, that fails when the guard is switched
 * off ({@code redis/guards} does that), and what other clients of the same servers may do.
 */
@NullMarked
package io.cacheservice.redis.coherence;

import org.jspecify.annotations.NullMarked;
