@NullMarked
package io.cacheservice.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
