/** Histories that are right and histories that are not. */
@NullMarked
package io.cacheservice.testkit.history;

import org.jspecify.annotations.NullMarked;
