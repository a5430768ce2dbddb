/**
 * Histories: what each process of a test wrote to a cache and read from it, and when; and a checker that finds in them what
 * a coherent cache must not do. {@link io.cacheservice.testkit.history.HistoryRecorder} writes them, {@link
 * io.cacheservice.testkit.history.HistoryChecker} judges them.
 */
@NullMarked
package io.cacheservice.testkit.history;

import org.jspecify.annotations.NullMarked;
