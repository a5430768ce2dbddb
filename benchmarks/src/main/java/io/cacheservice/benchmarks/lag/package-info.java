/** How late a write is seen in another JVM: the two sides of the measurement, and the memory they share. */
@NullMarked
package io.cacheservice.benchmarks.lag;

import org.jspecify.annotations.NullMarked;
