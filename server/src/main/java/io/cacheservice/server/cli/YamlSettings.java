package io.cacheservice.server.cli;

import io.cacheservice.CacheConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads settings from YAML: names flat ({@code server.port: 7070}) or nested, lists as lists. A scalar is the text as it
 * is written, whatever YAML makes of it: a password may look like a number.
 */
final class YamlSettings {
    private final Path file;
    private final Map<String, String> settings = new LinkedHashMap<>();

    private YamlSettings(Path file) {
        this.file = file;
    }

    /**
     * The settings of {@code file} as texts, by name, in order.
     *
     * @throws CacheConfigException when it cannot be read or is not such YAML
     */
    static Map<String, String> read(Path file) {
        YAMLMapper yaml = new YAMLMapper(YAMLFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build());
        YamlSettings reading = new YamlSettings(file);
        try (JsonParser parser = yaml.createParser(text(file))) {
            reading.document(parser);
        } catch (JacksonException e) {
            // the parser's own message, and so this cause, would show lines of the file, and one may hold a password
            throw new CacheConfigException("file " + file + " is not YAML, or sets a name twice: see line "
                    + e.getLocation().getLineNr());
        }
        return reading.settings;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CacheConfigException("file " + file + " does not exist", e);
        } catch (IOException e) {
            throw new CacheConfigException("file " + file + " cannot be read: " + e, e);
        }
    }

    private void document(JsonParser parser) {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_OBJECT) {
            members(parser, "");
        } else if (first != null && first != JsonToken.VALUE_NULL) {
            throw refusal("is refused: expected lines such as 'port: 6379'");
        }
        if (parser.nextToken() != null) {
            throw refusal("is refused: it has more than one document");
        }
    }

    private void members(JsonParser parser, String prefix) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = prefix + parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT) {
                members(parser, name + ".");
            } else if (settings.put(name, value == JsonToken.START_ARRAY ? list(parser, name) : scalar(parser, name))
                    != null) {
                throw refusal("sets " + name + " twice: remove one");
            }
        }
    }

    private String list(JsonParser parser, String name) {
        StringJoiner words = new StringJoiner(",");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            words.add(scalar(parser, name));
        }
        return words.toString();
    }

    private String scalar(JsonParser parser, String name) {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw refusal(
                    "has an alias in line " + parser.currentTokenLocation().getLineNr() + ", for " + name
                            + ": aliases are not followed, write the value there");
        }
        JsonToken token = parser.currentToken();
        if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            throw refusal("gives " + name + " no value: expected text, a number, true or false, or a list of them");
        }
        return parser.getString();
    }

    private CacheConfigException refusal(String what) {
        return new CacheConfigException("file " + file + " " + what);
    }
}
