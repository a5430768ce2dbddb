/** What every caller tells a server and is told by it: how to connect, the scripts, what an error reply means. */
@org.jspecify.annotations.NullMarked
package io.cacheservice.redis.internal.server;
