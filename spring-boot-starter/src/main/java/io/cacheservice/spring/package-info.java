/** Spring's cache abstraction over Cache Service, configured by Spring Boot. */
@NullMarked
package io.cacheservice.spring;

import org.jspecify.annotations.NullMarked;
