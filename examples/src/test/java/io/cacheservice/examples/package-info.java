@NullMarked
package io.cacheservice.examples;

import org.jspecify.annotations.NullMarked;
