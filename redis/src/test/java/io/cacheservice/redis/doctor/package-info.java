@NullMarked
package io.cacheservice.redis.doctor;

import org.jspecify.annotations.NullMarked;
