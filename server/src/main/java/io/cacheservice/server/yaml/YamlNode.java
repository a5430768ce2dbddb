package io.cacheservice.server.yaml;

import java.util.List;
import java.util.Map;

/** A piece of YAML and where it stands. */
public sealed interface YamlNode {
    /** Where it stands. */
    Place place();

    /** A scalar, as it is written: a password may look like a number. */
    record Text(Place place, String text) implements YamlNode {}

    /** A list. */
    record Sequence(Place place, List<YamlNode> elements) implements YamlNode {}

    /** Members by name, in their order. */
    record Mapping(Place place, Map<String, YamlNode> members) implements YamlNode {}
}
