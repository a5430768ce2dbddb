/**
 * When a key is loaded again: before its end ({@code EarlyRefresh}), after a load that failed ({@code FailedLoads}), and not
 * at the same moment as all the others ({@code TtlJitter}). Decisions and bookkeeping, no I/O, no clock, no dice of its own.
 * Door: {@code EarlyRefresh}.
 */
@NullMarked
package io.cacheservice.internal.refresh;

import org.jspecify.annotations.NullMarked;
