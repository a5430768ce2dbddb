package io.cacheservice.server.access;

import io.cacheservice.CacheConfigException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the file of tokens: a YAML list. Its errors say which token by place and name, never by what it is. */
final class TokensYaml {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{16,512}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Set<String> MEMBERS = Set.of("name", "token", "sha256", "scopes", "prefixes");

    private TokensYaml() {}

    static List<Tokens.Known> read(byte[] yaml) {
        JsonNode root = parse(yaml);
        if (!root.isArray() || root.isEmpty()) {
            throw refusal("expected a YAML list of tokens, at least one");
        }
        List<Tokens.Known> known = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode node : root) {
            String place = "token " + (known.size() + 1);
            Tokens.Known token = token(node, place);
            if (!names.add(token.caller().name())) {
                throw refusal(place + " has the name '" + token.caller().name() + "' of one before it");
            }
            if (known.stream().anyMatch(other -> Arrays.equals(other.sha256(), token.sha256()))) {
                throw refusal(place + " ('" + token.caller().name() + "') is the same as one before it");
            }
            known.add(token);
        }
        return known;
    }

    private static JsonNode parse(byte[] yaml) {
        try {
            return new YAMLMapper(YAMLFactory.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .build())
                    .readTree(new String(yaml, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            // the parser's own message, and so this cause, would show lines of the file
            TokenStreamLocation location = e.getLocation();
            throw refusal("it is not YAML, or gives a member twice"
                    + (location == null ? "" : ": see line " + location.getLineNr()));
        }
    }

    private static Tokens.Known token(JsonNode node, String place) {
        if (!node.isObject()) {
            throw refusal(place + " is no object: expected the members name, token or sha256, scopes and prefixes");
        }
        String name = text(node, "name", NAME, place, "1 to 64 letters, digits and . _ -");
        String named = place + " ('" + name + "')";
        node.propertyNames().stream()
                .filter(member -> !MEMBERS.contains(member))
                .findFirst()
                .ifPresent(member -> {
                    throw refusal(named
                            + " has a member that is not known: expected name, token or sha256, scopes and prefixes");
                });
        if (node.has("token") == node.has("sha256")) {
            throw refusal(named + " needs either token or sha256");
        }
        byte[] sha256 = node.has("token")
                ? Tokens.sha256(text(node, "token", TOKEN, named, "16 to 512 letters, digits and - . _ ~ + / ="))
                : HexFormat.of().parseHex(text(node, "sha256", SHA256, named, "64 hexadecimal digits"));
        return new Tokens.Known(sha256, new Caller(name, scopes(node, named), prefixes(node, named)));
    }

    private static Set<Scope> scopes(JsonNode node, String named) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String text : texts(node, "scopes", named)) {
            scopes.add(Arrays.stream(Scope.values())
                    .filter(scope -> scope.text().equals(text.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(
                            () -> refusal(named + " has a scope that is not known: expected read, write or admin")));
        }
        return scopes;
    }

    /** Every key only where nothing is said: an empty list is rather a mistake than that. */
    private static List<String> prefixes(JsonNode node, String named) {
        return node.has("prefixes") ? texts(node, "prefixes", named) : List.of();
    }

    private static List<String> texts(JsonNode node, String member, String named) {
        JsonNode list = node.path(member);
        if (!list.isArray() || list.isEmpty()) {
            throw refusal(named + " needs " + member + ", a list with at least one element");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list) {
            if (!element.isString() || element.stringValue().isEmpty()) {
                throw refusal(named + " has an element of " + member + " that is no text: put it in quotes");
            }
            texts.add(element.stringValue());
        }
        return texts;
    }

    /** A text, since YAML also reads digits as a number and drops their zeros. */
    private static String text(JsonNode node, String member, Pattern form, String place, String expected) {
        JsonNode value = node.path(member);
        if (!value.isString() || !form.matcher(value.stringValue()).matches()) {
            throw refusal(place + " has no " + member + " that can be used: expected " + expected
                    + ", in quotes when these are digits only");
        }
        return value.stringValue();
    }

    private static CacheConfigException refusal(String what) {
        return new CacheConfigException(what);
    }
}
