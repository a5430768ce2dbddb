/** Statistics as Micrometer meters. */
@NullMarked
package io.cacheservice.micrometer;

import org.jspecify.annotations.NullMarked;
