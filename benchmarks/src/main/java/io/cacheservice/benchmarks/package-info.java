/** Speed, side by side with other libraries. */
@NullMarked
package io.cacheservice.benchmarks;

import org.jspecify.annotations.NullMarked;
