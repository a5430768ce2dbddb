/** Tests of the entry format: what is written, what is read, and what is refused. */
@NullMarked
package io.cacheservice.internal.entry;

import org.jspecify.annotations.NullMarked;
