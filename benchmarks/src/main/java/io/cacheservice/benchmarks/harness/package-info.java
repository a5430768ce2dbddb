/** How speed is measured here: interleaved slices, ratios within a round, and a look at who else used the machine. */
@NullMarked
package io.cacheservice.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
