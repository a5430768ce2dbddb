/** Examines the Redis that settings name. Door: {@code Doctor}; decisions are pure, {@code Examination} asks the servers. */
@NullMarked
package io.cacheservice.redis.doctor;

import org.jspecify.annotations.NullMarked;
