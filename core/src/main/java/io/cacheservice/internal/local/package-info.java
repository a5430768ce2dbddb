/** The tier in this process's memory, over Caffeine. Door: {@code LocalTier}. */
@NullMarked
package io.cacheservice.internal.local;

import org.jspecify.annotations.NullMarked;
