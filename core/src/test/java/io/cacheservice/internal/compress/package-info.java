@NullMarked
package io.cacheservice.internal.compress;

import org.jspecify.annotations.NullMarked;
