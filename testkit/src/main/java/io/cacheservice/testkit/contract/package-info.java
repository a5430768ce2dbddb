/**
 * The contract every tier keeps, written once: a test class per tier extends the four suites and says in a {@link
 * io.cacheservice.testkit.contract.TierFixture} how its services are opened and how its clock is moved.
 */
@NullMarked
package io.cacheservice.testkit.contract;

import org.jspecify.annotations.NullMarked;
