/** What readers of a cache notice while its Redis is a black hole, and what their source has to bear. */
@NullMarked
package io.cacheservice.benchmarks.outage;

import org.jspecify.annotations.NullMarked;
