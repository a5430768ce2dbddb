/** Configuration in YAML, each piece with its place, so that an error can say where. Door: {@code YamlFile}. */
@NullMarked
package io.cacheservice.server.yaml;

import org.jspecify.annotations.NullMarked;
