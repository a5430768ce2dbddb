/**
 * The sources of the program: databases, HTTP services and directories that are asked for keys which are not in the cache.
 * Doors: {@code SourcesYaml} reads what they are, {@code OpenSources} has them at work.
 */
@NullMarked
package io.cacheservice.server.source;

import org.jspecify.annotations.NullMarked;
