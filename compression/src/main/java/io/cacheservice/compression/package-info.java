/** Values made shorter with LZ4 and Zstandard. Found by core with {@code ServiceLoader}; no door for users. */
@NullMarked
package io.cacheservice.compression;

import org.jspecify.annotations.NullMarked;
