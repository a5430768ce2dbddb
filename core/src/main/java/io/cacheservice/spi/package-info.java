/** What implementers provide: a remote tier, and codecs for values. Found with {@link java.util.ServiceLoader}. */
@NullMarked
package io.cacheservice.spi;

import org.jspecify.annotations.NullMarked;
