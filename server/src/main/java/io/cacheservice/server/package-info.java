/** The program: HTTP API and command line. */
@NullMarked
package io.cacheservice.server;

import org.jspecify.annotations.NullMarked;
