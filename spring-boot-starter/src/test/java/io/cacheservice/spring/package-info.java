/** Tests of the Spring Boot starter. */
@NullMarked
package io.cacheservice.spring;

import org.jspecify.annotations.NullMarked;
