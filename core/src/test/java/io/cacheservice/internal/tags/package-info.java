/** Tests of the epochs of tags and caches. */
@NullMarked
package io.cacheservice.internal.tags;

import org.jspecify.annotations.NullMarked;
