/** The page of all results, from result files alone. */
@NullMarked
package io.cacheservice.benchmarks.report;

import org.jspecify.annotations.NullMarked;
