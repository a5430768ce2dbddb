/** Not for users: what the rooms below share. */
@NullMarked
package io.cacheservice.internal;

import org.jspecify.annotations.NullMarked;
