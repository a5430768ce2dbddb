/**
 * Several JVMs write and read through the cache, foreign clients in between, while servers, links and JVMs fail by a seeded
 * schedule; what all of them saw is recorded and judged. {@link io.cacheservice.redis.histories.HistoriesRun} is the door.
 */
@NullMarked
package io.cacheservice.redis.histories;

import org.jspecify.annotations.NullMarked;
