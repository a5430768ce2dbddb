/** Values as JSON with Jackson 3. */
@NullMarked
package io.cacheservice.jackson;

import org.jspecify.annotations.NullMarked;
