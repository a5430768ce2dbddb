package io.cacheservice.server.yaml;

import io.cacheservice.CacheConfigException;
import io.cacheservice.server.yaml.YamlNode.Mapping;
import io.cacheservice.server.yaml.YamlNode.Sequence;
import io.cacheservice.server.yaml.YamlNode.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads a file of YAML whose scalars are texts. Its errors show no text of the file: one may hold a password. */
public final class YamlFile {
    private static final int DEEPEST = 16;

    /** What may stand where a secret is named. Any other name may be the secret itself, of which YAML has made one. */
    private static final Set<String> OF_SECRETS = Set.of("file", "env", "scheme");

    private final Path file;
    private final JsonParser parser;

    private YamlFile(Path file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * The members of {@code file}; none when it is empty.
     *
     * @throws CacheConfigException when it cannot be read, or is no YAML with members
     */
    public static Mapping read(Path file) {
        YAMLMapper yaml = new YAMLMapper(YAMLFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build());
        try (JsonParser parser = yaml.createParser(text(file))) {
            return new YamlFile(file, parser).document();
        } catch (JacksonException e) {
            // the parser's own message, and so this cause, would show lines of the file
            throw new CacheConfigException("file " + file + " is not YAML, or sets a name twice: see line "
                    + e.getLocation().getLineNr());
        }
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

    private Mapping document() {
        Place whole = new Place(file, 1, "");
        JsonToken first = parser.nextToken();
        Mapping document = new Mapping(whole, Map.of());
        if (first == JsonToken.START_OBJECT) {
            document = mapping(whole, 1);
        } else if (first != null && first != JsonToken.VALUE_NULL) {
            throw new CacheConfigException("file " + file + " is refused: expected lines such as 'port: 6379'");
        }
        if (parser.nextToken() != null) {
            throw new CacheConfigException("file " + file + " is refused: it has more than one document");
        }
        return document;
    }

    private Mapping mapping(Place place, int depth) {
        Map<String, YamlNode> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            int line = line();
            if (place.tellsOfSecret() && !OF_SECRETS.contains(name)) {
                throw place.refusal("is refused: expected text, in quotes where it begins with { or has a colon in it");
            }
            parser.nextToken();
            members.put(name, node(place.member(name, line), depth));
        }
        return new Mapping(place, Collections.unmodifiableMap(members));
    }

    private Sequence sequence(Place place, int depth) {
        List<YamlNode> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(node(place.element(elements.size(), line()), depth));
        }
        return new Sequence(place, List.copyOf(elements));
    }

    private YamlNode node(Place place, int depth) {
        if (depth > DEEPEST) {
            throw place.refusal("is refused: it stands deeper than " + DEEPEST + " levels");
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw place.refusal("is an alias: aliases are not followed, write the value there");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping(place, depth + 1);
        }
        if (token == JsonToken.START_ARRAY) {
            return sequence(place, depth + 1);
        }
        if (token == null || token == JsonToken.VALUE_NULL) {
            throw place.refusal("has no value: write one, or leave the name out");
        }
        return new Text(place, parser.getString());
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
