@NullMarked
package io.cacheservice.testkit.chaos;

import org.jspecify.annotations.NullMarked;
