@NullMarked
package io.cacheservice.internal.coherence;

import org.jspecify.annotations.NullMarked;
