/**
 * A public data set goes into a cache and comes back byte for byte: through a typed cache and over HTTP, on the local tier
 * and on Redis. Door: {@code CitiesRoundTrip}.
 */
@NullMarked
package io.cacheservice.examples.cities;

import org.jspecify.annotations.NullMarked;
