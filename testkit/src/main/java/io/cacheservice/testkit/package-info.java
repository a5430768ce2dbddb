/** For tests: real Redis servers, network faults, a clock that the test moves, and the contract every tier keeps. */
@NullMarked
package io.cacheservice.testkit;

import org.jspecify.annotations.NullMarked;
