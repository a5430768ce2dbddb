package io.cacheservice.server.http;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code docs/openapi.json}, and whether what a server answers is what it says. */
@NullMarked
final class OpenApiDocument {
    private static final Set<String> METHODS =
            Set.of("get", "head", "put", "post", "delete", "patch", "options", "trace");

    final JsonNode root;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    OpenApiDocument() throws IOException {
        this.root = JsonMapper.shared().readTree(Files.readAllBytes(Path.of("..", "docs", "openapi.json")));
    }

    /** Every operation, as {@code GET /v1/stats}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            path.getValue().propertyNames().forEach(method -> {
                if (METHODS.contains(method)) {
                    operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            });
        }
        return operations;
    }

    /** Every status that an operation names, as {@code GET /v1/stats 200}. */
    Set<String> answers() {
        Set<String> answers = new TreeSet<>();
        for (String operation : operations()) {
            operation(operation).path("responses").propertyNames().stream()
                    .filter(status -> !status.equals("default"))
                    .forEach(status -> answers.add(operation + " " + status));
        }
        return answers;
    }

    /** The operation that a request is, of which a path without parameters is the better one. */
    String operationOf(String method, String target) {
        String path = target.replaceFirst("\\?.*", "");
        return operations().stream()
                .filter(operation -> operation.startsWith(method + " "))
                .filter(operation -> path.matches(pattern(operation.substring(method.length() + 1))))
                .min(Comparator.comparingInt((String operation) -> operation.indexOf('{')))
                .orElseThrow(() -> new AssertionError("no operation is documented for " + method + " " + target));
    }

    private static String pattern(String path) {
        return Pattern.quote(path).replaceAll("\\{[a-z]+}", "\\\\E[^/]+\\\\Q");
    }

    JsonNode operation(String operation) {
        String[] words = operation.split(" ", 2);
        return root.path("paths").path(words[1]).path(words[0].toLowerCase(Locale.ROOT));
    }

    /** What is wrong with an answer; empty: nothing. */
    List<String> flaws(String operation, HttpResponse<byte[]> answer) {
        JsonNode documented = operation(operation).path("responses").path(String.valueOf(answer.statusCode()));
        JsonNode response = resolved(
                documented.isMissingNode()
                        ? operation(operation).path("responses").path("default")
                        : documented);
        String type = answer.headers().firstValue("Content-Type").orElse(null);
        JsonNode content = response.path("content");
        if (content.isEmpty()) {
            return answer.body().length == 0 ? List.of() : List.of("has a body, and none is documented");
        }
        JsonNode media = media(content, type);
        if (media == null) {
            return List.of("has the media type " + type + ", documented is " + content.propertyNames());
        }
        boolean json = content.has("application/json") || content.has("application/problem+json");
        return json ? flaws(media.path("schema"), JsonMapper.shared().readTree(answer.body())) : List.of();
    }

    /** What is wrong with a body that the server accepted. */
    List<String> requestFlaws(String operation, String body) {
        JsonNode schema = operation(operation)
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        return flaws(schema, JsonMapper.shared().readTree(body));
    }

    private static @Nullable JsonNode media(JsonNode content, @Nullable String type) {
        String bare = type == null ? "" : type.replaceFirst(";.*", "");
        return content.has(bare) ? content.path(bare) : content.get("*/*");
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asString().substring(1)) : node;
    }

    private List<String> flaws(JsonNode schema, JsonNode value) {
        ObjectNode whole = (ObjectNode) standalone(schema);
        whole.set("$defs", standalone(root.path("components").path("schemas")));
        return schemas.getSchema(whole).validate(value).stream()
                .map(Error::toString)
                .toList();
    }

    /** With references to where the parts of a schema stand that is no part of an OpenAPI document. */
    private static JsonNode standalone(JsonNode node) {
        return JsonMapper.shared().readTree(node.toString().replace("#/components/schemas/", "#/$defs/"));
    }
}
