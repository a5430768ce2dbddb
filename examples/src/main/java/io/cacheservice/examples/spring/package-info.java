/** A small shop in Spring Boot. */
@NullMarked
package io.cacheservice.examples.spring;

import org.jspecify.annotations.NullMarked;
