/** Settings: their names, types, bounds and meanings in one table, and the reading of them. Door: {@code Settings}. */
@NullMarked
package io.cacheservice.internal.config;

import org.jspecify.annotations.NullMarked;
