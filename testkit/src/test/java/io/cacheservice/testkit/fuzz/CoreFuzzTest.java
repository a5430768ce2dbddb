package io.cacheservice.testkit.fuzz;

/** The parsers of core, which cannot have the harness among its own tests. */
class CoreFuzzTest extends FuzzContract {}
