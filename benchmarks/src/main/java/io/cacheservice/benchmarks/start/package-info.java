/** Whole processes, from their start to their end. */
@NullMarked
package io.cacheservice.benchmarks.start;

import org.jspecify.annotations.NullMarked;
