package io.cacheservice.internal.engine;

import io.cacheservice.ContextCarrier;
import io.cacheservice.TimeSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a service takes from outside, so that a test can own it.
 *
 * @param time the clock
 * @param executor where loaders and the completions of asynchronous calls run
 * @param carrier carries the caller's context to loaders
 * @param random the dice
 */
record Seams(TimeSource time, Executor executor, ContextCarrier carrier, RandomGenerator random) {}
