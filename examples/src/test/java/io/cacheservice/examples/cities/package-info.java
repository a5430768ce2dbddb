@NullMarked
package io.cacheservice.examples.cities;

import org.jspecify.annotations.NullMarked;
