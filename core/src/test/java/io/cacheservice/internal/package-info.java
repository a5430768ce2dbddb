@NullMarked
package io.cacheservice.internal;

import org.jspecify.annotations.NullMarked;
