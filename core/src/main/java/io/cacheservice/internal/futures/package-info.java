/** What the rooms need of futures beyond the JDK. Door: {@code Futures}. */
@NullMarked
package io.cacheservice.internal.futures;

import org.jspecify.annotations.NullMarked;
