/** Which values are made shorter, how, and with which dictionary. No I/O. Door: {@code ValueCompressor}. */
@NullMarked
package io.cacheservice.internal.compress;

import org.jspecify.annotations.NullMarked;
