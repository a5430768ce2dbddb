/** What a service makes of replies that no server would send. */
@NullMarked
package io.cacheservice.redis.fuzz;

import org.jspecify.annotations.NullMarked;
