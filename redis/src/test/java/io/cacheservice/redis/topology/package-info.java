@org.jspecify.annotations.NullMarked
package io.cacheservice.redis.topology;
