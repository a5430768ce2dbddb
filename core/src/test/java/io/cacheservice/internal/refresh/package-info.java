@NullMarked
package io.cacheservice.internal.refresh;

import org.jspecify.annotations.NullMarked;
