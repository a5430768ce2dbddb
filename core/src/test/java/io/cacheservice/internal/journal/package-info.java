@NullMarked
package io.cacheservice.internal.journal;

import org.jspecify.annotations.NullMarked;
