/** Runs of many minutes that show whether anything grows which should not. */
@NullMarked
package io.cacheservice.redis.soak;

import org.jspecify.annotations.NullMarked;
