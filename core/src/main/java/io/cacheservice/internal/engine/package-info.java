/** The asynchronous engine behind every cache, and its blocking view. Door: {@code Services}. */
@NullMarked
package io.cacheservice.internal.engine;

import org.jspecify.annotations.NullMarked;
