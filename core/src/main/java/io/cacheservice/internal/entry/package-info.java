/** The bytes of an entry in Redis: pure encoding and decoding. Door: {@code EntryCodec}. */
@NullMarked
package io.cacheservice.internal.entry;

import org.jspecify.annotations.NullMarked;
