/** Counters and sampled latencies. Door: {@code StatsRecorder}. */
@NullMarked
package io.cacheservice.internal.stats;

import org.jspecify.annotations.NullMarked;
