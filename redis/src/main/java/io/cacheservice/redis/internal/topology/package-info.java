/** Who serves a key: addresses, slots, redirections and votes as pure decisions. No I/O. */
@org.jspecify.annotations.NullMarked
package io.cacheservice.redis.internal.topology;
