/** Runs the shop. */
@NullMarked
package io.cacheservice.examples.spring;

import org.jspecify.annotations.NullMarked;
