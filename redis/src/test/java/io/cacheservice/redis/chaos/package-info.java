/** The test kit's chaos around the tier on Redis: that it does what it says, and that the promises hold under it. */
@NullMarked
package io.cacheservice.redis.chaos;

import org.jspecify.annotations.NullMarked;
