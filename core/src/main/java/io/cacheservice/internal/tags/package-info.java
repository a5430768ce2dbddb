/**
 * Tags and the clearing of a whole cache, by epochs.
 *
 * <p>A tag has an epoch, a random number that many processes share, and so have the cache as a whole and "any tag" of it. An
 * entry carries the epochs that held when it was made, and is void as soon as one of them was replaced: so one write
 * invalidates any number of entries, nothing is searched, and no clocks are compared. Epochs are random and never counted: a
 * counter that was lost and begins anew would bring old entries back to life.
 *
 * <p>An epoch of Redis is held in this process like any other value, and used under the same rule ({@code
 * internal.coherence}). An epoch that is missing is another one.
 */
@NullMarked
package io.cacheservice.internal.tags;

import org.jspecify.annotations.NullMarked;
