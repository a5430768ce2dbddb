package io.cacheservice.server.source;

import io.cacheservice.EntryOptions;
import io.cacheservice.server.yaml.Members;
import io.cacheservice.server.yaml.YamlFile;
import io.cacheservice.server.yaml.YamlNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what the sources are from the member {@code sources} of a YAML file. */
public final class SourcesYaml {
    private static final String EXPECTED_PATTERN =
            "a key pattern such as city:*, not empty and without two stars side by side";
    private static final String EXPECTED_TTL =
            "a duration with its unit, from 1ms to 36500d, such as 300ms, 30s, 10m, 1h or 7d";
    private static final long LARGEST = 512L << 20;

    private final Map<String, String> environment;

    private SourcesYaml(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The sources that {@code file} names, in order; none when it has no such member.
     *
     * @param environment has the secrets that are variables
     * @throws io.cacheservice.CacheConfigException naming the file, the line and what is wrong; it shows no secret
     */
    public static List<SourceSettings> read(Path file, Map<String, String> environment) {
        YamlNode node = YamlFile.read(file).members().get("sources");
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof YamlNode.Sequence sequence)) {
            throw node.place()
                    .refusal("is refused: expected a list, each element with a pattern and jdbc, http or directory");
        }
        SourcesYaml reading = new SourcesYaml(environment);
        List<SourceSettings> sources = new ArrayList<>();
        Set<String> patterns = new HashSet<>();
        for (YamlNode element : sequence.elements()) {
            SourceSettings source = reading.source(element);
            if (!patterns.add(source.pattern().text())) {
                throw source.place()
                        .refusal("has the pattern " + source.pattern().text() + " of one before it: use each once");
            }
            sources.add(source);
        }
        return List.copyOf(sources);
    }

    private SourceSettings source(YamlNode node) {
        Members members = Members.of(node, "pattern", "ttl", "contentType", "maxBytes", "jdbc", "http", "directory");
        String pattern = members.text("pattern", EXPECTED_PATTERN);
        if (!KeyPattern.accepts(pattern)) {
            throw members.refusal("pattern", pattern, EXPECTED_PATTERN);
        }
        KeyPattern keys = KeyPattern.of(pattern);
        return new SourceSettings(
                members.place(),
                keys,
                members.duration("ttl", Duration.ofMillis(1), Duration.ofDays(36500), EXPECTED_TTL),
                contentType(members),
                members.bytes("maxBytes", LARGEST),
                kind(members, keys));
    }

    private static Optional<String> contentType(Members members) {
        Optional<String> type = members.find("contentType", "a media type such as application/json");
        type.ifPresent(text -> {
            try {
                EntryOptions.defaults().withContentType(text);
            } catch (IllegalArgumentException e) {
                throw members.refusal("contentType", text, "a media type such as application/json");
            }
        });
        return type;
    }

    private SourceSettings.Kind kind(Members members, KeyPattern keys) {
        List<String> given = List.of("jdbc", "http", "directory").stream()
                .filter(members::has)
                .toList();
        if (given.size() != 1) {
            throw members.place()
                    .refusal("has " + (given.isEmpty() ? "none" : String.join(" and ", given))
                            + " of jdbc, http and directory: expected one of them");
        }
        YamlNode node = members.required(given.get(0));
        return switch (given.get(0)) {
            case "jdbc" -> new JdbcYaml(environment).read(node, keys);
            case "http" -> new HttpYaml(environment).read(node, keys);
            default -> directory(node, keys);
        };
    }

    private static SourceSettings.Directory directory(YamlNode node, KeyPattern keys) {
        Members members = Members.of(node, "path", "suffix");
        if (keys.stars() != 1) {
            throw members.place().refusal("needs a pattern with one star, which stands for the name of the file");
        }
        return new SourceSettings.Directory(
                Path.of(members.text("path", "the directory's path")),
                members.find("suffix", "what file names end with, such as .json")
                        .orElse(""));
    }
}
