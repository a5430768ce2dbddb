/** The HTTP face of the program: one class for each resource. Door: {@code HttpServer}. */
@NullMarked
package io.cacheservice.server.http;

import org.jspecify.annotations.NullMarked;
