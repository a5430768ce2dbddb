/**
 * Several independent Redis that hold the same cache: what is written and removed in all of them, which one answers, and what
 * becomes of one that missed something ({@code docs/decisions/0020-zones.md}). Door: {@code ZonedTier}.
 */
@NullMarked
package io.cacheservice.internal.zones;

import org.jspecify.annotations.NullMarked;
