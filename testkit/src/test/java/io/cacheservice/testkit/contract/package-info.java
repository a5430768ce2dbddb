@NullMarked
package io.cacheservice.testkit.contract;

import org.jspecify.annotations.NullMarked;
