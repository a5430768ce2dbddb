/** Speed, side by side with other libraries: what is compared, and with which data. */
@NullMarked
package io.cacheservice.benchmarks;

import org.jspecify.annotations.NullMarked;
