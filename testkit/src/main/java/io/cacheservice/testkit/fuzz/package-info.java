/**
 * Inputs made by chance, millions of them, for whatever parses bytes. A {@link io.cacheservice.testkit.fuzz.FuzzTarget} takes
 * one input; {@link io.cacheservice.testkit.fuzz.FuzzRun} gives it many, which follow from a seed;
 * {@link io.cacheservice.testkit.fuzz.FuzzCommand} runs all targets that are found on the class path.
 */
@NullMarked
package io.cacheservice.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
