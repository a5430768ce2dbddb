/** The remote tier: Redis or Valkey through Lettuce. */
@NullMarked
package io.cacheservice.redis;

import org.jspecify.annotations.NullMarked;
