/** The encryption of values: keys, and what is bound to what. Knows no other room. */
@NullMarked
package io.cacheservice.internal.crypto;

import org.jspecify.annotations.NullMarked;
