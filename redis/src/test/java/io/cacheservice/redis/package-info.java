/** Tests of the remote tier against real servers. */
@NullMarked
package io.cacheservice.redis;

import org.jspecify.annotations.NullMarked;
