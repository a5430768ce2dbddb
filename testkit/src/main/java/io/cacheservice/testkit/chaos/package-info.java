/**
 * Failures by plan, in the process of the test: a source or a remote tier that fails, is slow, never answers or answers other
 * bytes, as often and when the test says. Door: {@link io.cacheservice.testkit.chaos.Chaos}.
 */
@NullMarked
package io.cacheservice.testkit.chaos;

import org.jspecify.annotations.NullMarked;
