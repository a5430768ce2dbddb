/**
 * The demo: a real database behind the cache, two processes that read through it, and outages on purpose. Uses the cache as
 * any program would. Door: {@code Demo}.
 */
@NullMarked
package io.cacheservice.server.demo;

import org.jspecify.annotations.NullMarked;
