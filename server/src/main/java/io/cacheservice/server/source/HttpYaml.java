package io.cacheservice.server.source;

import io.cacheservice.server.source.SourceSettings.Field;
import io.cacheservice.server.yaml.Members;
import io.cacheservice.server.yaml.YamlNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what an HTTP source is. */
final class HttpYaml {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern TELLS_OF_SECRET = Pattern.compile("(?i).*(auth|cookie|pass|secret|token|key|cred).*");

    /** The client's own, and those that would make the answer another thing than the record. */
    private static final Set<String> TAKEN = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "expect",
            "host",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "range",
            "transfer-encoding",
            "upgrade");

    private static final String EXPECTED_FIELD =
            "text, or {file: path} or {env: VARIABLE} for a secret, with scheme: Bearer where that is to come before it";

    private final Map<String, String> environment;

    HttpYaml(Map<String, String> environment) {
        this.environment = environment;
    }

    SourceSettings.Http read(YamlNode node, KeyPattern keys) {
        Members members = Members.of(node, "url", "headers", "absentStatuses", "timeout");
        return new SourceSettings.Http(
                url(members, keys),
                fields(members),
                members.integers("absentStatuses", 400, 599, List.of(404, 410)),
                members.duration(
                                "timeout",
                                Duration.ofMillis(10),
                                Duration.ofMinutes(10),
                                "a duration with its unit, from 10ms to 10m, such as 300ms or 5s")
                        .orElse(Duration.ofSeconds(5)));
    }

    private static UrlTemplate url(Members members, KeyPattern keys) {
        String url = members.text("url", "such as https://pages.example/v1/{1}");
        try {
            return UrlTemplate.of(url, keys.stars());
        } catch (IllegalArgumentException e) {
            throw members.placeOf("url").refusal("is refused: " + e.getMessage());
        }
    }

    private Map<String, Field> fields(Members members) {
        Map<String, Field> fields = new LinkedHashMap<>();
        YamlNode headers = members.find("headers");
        if (headers == null) {
            return fields;
        }
        if (!(headers instanceof YamlNode.Mapping mapping)) {
            throw headers.place().refusal("is refused: expected the names of header fields, each with its value");
        }
        mapping.members().forEach((name, value) -> {
            if (!NAME.matcher(name).matches() || TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
                throw value.place().refusal("is refused: a field of this name cannot be set");
            }
            fields.put(name, field(name, value));
        });
        return fields;
    }

    /** A text is not shown: it may be a secret all the same. */
    private Field field(String name, YamlNode value) {
        if (value instanceof YamlNode.Text text) {
            if (TELLS_OF_SECRET.matcher(name).matches()) {
                throw value.place()
                        .refusal("is refused: its name tells of a secret, which belongs in a file or in the"
                                + " environment: expected {file: path} or {env: VARIABLE}");
            }
            if (!HttpRecords.VALUE.matcher(text.text()).matches()) {
                throw value.place().refusal("is refused: expected visible ASCII characters");
            }
            return new Field(text.text(), null);
        }
        if (!(value instanceof YamlNode.Mapping)) {
            throw value.place().refusal("is refused: expected " + EXPECTED_FIELD);
        }
        Members members = Members.of(value, "file", "env", "scheme");
        Secret secret = SecretYaml.read(members, "file", "env", environment);
        if (secret == null) {
            throw value.place().refusal("is refused: expected " + EXPECTED_FIELD);
        }
        String scheme = members.find("scheme", "a word such as Bearer").orElse("");
        if (!scheme.isEmpty() && !NAME.matcher(scheme).matches()) {
            throw members.refusal("scheme", scheme, "a word such as Bearer");
        }
        return new Field(scheme.isEmpty() ? "" : scheme + " ", secret);
    }
}
