/**
 * What keeps local copies of entries in Redis honest: the token of each key, which every change touches, and the rule of
 * use. Decisions and bookkeeping, no I/O. Door: {@code Tokens}.
 *
 * <p>The rule: a copy may be used at a moment if nothing has touched its token, its own life is not over, its proof was not
 * revoked, and either it was read at most {@code maxStaleness} ago or its proof reaches that near. So tracking is not needed
 * for soundness, only for length.
 */
@NullMarked
package io.cacheservice.internal.coherence;

import org.jspecify.annotations.NullMarked;
