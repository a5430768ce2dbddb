/** The command line of the program: one class for each command. Door: {@code CacheServiceCommand}. */
@NullMarked
package io.cacheservice.server.cli;

import org.jspecify.annotations.NullMarked;
