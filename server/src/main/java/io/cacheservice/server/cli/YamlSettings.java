package io.cacheservice.server.cli;

import io.cacheservice.CacheConfigException;
import io.cacheservice.server.yaml.YamlFile;
import io.cacheservice.server.yaml.YamlNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Reads settings from YAML: names flat ({@code server.port: 7070}) or nested, lists as lists. A scalar is the text as it
 * is written, whatever YAML makes of it: a password may look like a number. The member {@code sources} is none of them.
 */
final class YamlSettings {
    private final Map<String, String> settings = new LinkedHashMap<>();

    private YamlSettings() {}

    /**
     * The settings of {@code file} as texts, by name, in order.
     *
     * @throws CacheConfigException when it cannot be read or is not such YAML
     */
    static Map<String, String> read(Path file) {
        YamlSettings reading = new YamlSettings();
        YamlFile.read(file).members().forEach((name, node) -> {
            if (!name.equals("sources")) {
                reading.add(node);
            }
        });
        return reading.settings;
    }

    private void add(YamlNode node) {
        String name = node.place().name();
        if (node instanceof YamlNode.Mapping mapping) {
            mapping.members().values().forEach(this::add);
        } else if (settings.put(name, text(node)) != null) {
            throw node.place().refusal("is set twice: remove one");
        }
    }

    private static String text(YamlNode node) {
        if (node instanceof YamlNode.Text text) {
            return text.text();
        }
        StringJoiner words = new StringJoiner(",");
        if (node instanceof YamlNode.Sequence sequence) {
            for (YamlNode element : sequence.elements()) {
                if (!(element instanceof YamlNode.Text word)) {
                    throw element.place().refusal("is refused: expected text, a number, true or false");
                }
                words.add(word.text());
            }
        }
        return words.toString();
    }
}
