package io.cacheservice.server.cli;

import io.cacheservice.CacheConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads settings from YAML: names flat ({@code server.port: 7070}) or nested, lists as lists. */
final class YamlSettings {
    private YamlSettings() {}

    /**
     * The settings of {@code file} as texts, by name, in order.
     *
     * @throws CacheConfigException when it cannot be read or is not such YAML
     */
    static Map<String, String> read(Path file) {
        JsonNode root = parse(file);
        Map<String, String> settings = new LinkedHashMap<>();
        if (root.isObject()) {
            flatten(file, "", root, settings);
        } else if (!root.isMissingNode() && !root.isNull()) {
            throw new CacheConfigException("file " + file + " is refused: expected lines such as 'port: 6379'");
        }
        return settings;
    }

    private static JsonNode parse(Path file) {
        try {
            return new YAMLMapper(YAMLFactory.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .build())
                    .readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new CacheConfigException("file " + file + " does not exist", e);
        } catch (IOException e) {
            throw new CacheConfigException("file " + file + " cannot be read: " + e, e);
        } catch (JacksonException e) {
            // the parser's own message, and so this cause, would show lines of the file, and one may hold a password
            throw new CacheConfigException("file " + file + " is not YAML, or sets a name twice: see line "
                    + e.getLocation().getLineNr());
        }
    }

    private static void flatten(Path file, String prefix, JsonNode object, Map<String, String> settings) {
        object.properties().forEach(member -> {
            String name = prefix + member.getKey();
            if (member.getValue().isObject()) {
                flatten(file, name + ".", member.getValue(), settings);
            } else if (settings.put(name, text(file, name, member.getValue())) != null) {
                throw new CacheConfigException("file " + file + " sets " + name + " twice: remove one");
            }
        });
    }

    private static String text(Path file, String name, JsonNode value) {
        if (!value.isArray()) {
            return scalar(file, name, value);
        }
        List<String> words = new ArrayList<>();
        value.forEach(word -> words.add(scalar(file, name, word)));
        return String.join(",", words);
    }

    private static String scalar(Path file, String name, JsonNode value) {
        if (!value.isValueNode() || value.isNull()) {
            throw new CacheConfigException("file " + file + " gives " + name
                    + " no value: expected text, a number, true or false, or a list of them");
        }
        return value.asString();
    }
}
