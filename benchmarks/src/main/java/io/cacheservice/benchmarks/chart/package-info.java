/** Pictures of results, as SVG. */
@NullMarked
package io.cacheservice.benchmarks.chart;

import org.jspecify.annotations.NullMarked;
