/** Invalidations on disk, so that they outlive the process that owes them. Knows no other room. */
@NullMarked
package io.cacheservice.internal.journal;

import org.jspecify.annotations.NullMarked;
