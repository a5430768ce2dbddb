/** What the rooms need of futures beyond the JDK, and what a failed one says of Redis. Door: {@code Futures}. */
@NullMarked
package io.cacheservice.internal.futures;

import org.jspecify.annotations.NullMarked;
