/** Many callers that want the same key at once, in one JVM or several: the two sides of the measurement. */
@NullMarked
package io.cacheservice.benchmarks.stampede;

import org.jspecify.annotations.NullMarked;
