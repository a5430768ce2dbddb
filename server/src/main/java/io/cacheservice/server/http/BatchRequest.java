package io.cacheservice.server.http;

import io.cacheservice.EntryOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON request body, read member by member. Unknown members are refused, so that a misspelt one is not ignored.
 */
final class BatchRequest {
    private final ObjectNode body;

    private BatchRequest(ObjectNode body) {
        this.body = body;
    }

    /** One entry to be stored. */
    @SuppressWarnings("ArrayRecordComponent") // carries two values from here to the write; never compared
    record Write(byte[] value, EntryOptions options) {}

    /** The object in {@code json}, which may have these members only. */
    static BatchRequest parse(byte[] json, Set<String> members) {
        JsonNode node;
        try {
            node = Json.MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw refusal("the body is not JSON: " + e.getOriginalMessage());
        }
        if (!(node instanceof ObjectNode object)) {
            throw refusal("the body is not a JSON object");
        }
        requireMembers(object, members);
        return new BatchRequest(object);
    }

    /** The member {@code keys}: distinct, in order. */
    Set<String> keys() {
        JsonNode keys = body.get("keys");
        if (keys == null || !keys.isArray()) {
            throw refusal("'keys' is missing or not an array");
        }
        requireSize("keys", keys.size());
        Set<String> distinct = new LinkedHashSet<>();
        for (JsonNode key : keys) {
            if (!key.isString()) {
                throw refusal("'keys' has an element that is not a string");
            }
            distinct.add(whole("keys", key.stringValue()));
        }
        return distinct;
    }

    /** The member {@code entries}: what to store, by key, in order. */
    Map<String, Write> entries() {
        JsonNode entries = body.get("entries");
        if (entries == null || !entries.isArray()) {
            throw refusal("'entries' is missing or not an array");
        }
        requireSize("entries", entries.size());
        @Nullable String ttl = text(body, "ttl");
        Map<String, Write> writes = new LinkedHashMap<>();
        for (JsonNode entry : entries) {
            if (!(entry instanceof ObjectNode object)) {
                throw refusal("'entries' has an element that is not an object");
            }
            requireMembers(object, Set.of("key", "text", "base64", "ttl", "contentType"));
            String key = text(object, "key");
            if (key == null) {
                throw refusal("an element of 'entries' has no 'key'");
            }
            if (writes.put(key, new Write(value(object), options(object, ttl))) != null) {
                throw refusal("'entries' has the same key twice: which of the values is meant?");
            }
        }
        return writes;
    }

    /** A string member; null when it is not there. */
    @Nullable
    String text(String name) {
        return text(body, name);
    }

    /** A number member; {@code otherwise} when it is not there. */
    double number(String name, double otherwise) {
        JsonNode node = body.get(name);
        if (node == null) {
            return otherwise;
        }
        if (!node.isNumber()) {
            throw refusal("'" + name + "' is not a number");
        }
        return node.doubleValue();
    }

    private static byte[] value(ObjectNode entry) {
        String text = text(entry, "text");
        String base64 = text(entry, "base64");
        if ((text == null) == (base64 == null)) {
            throw refusal("an element of 'entries' needs either 'text' or 'base64'");
        }
        if (text != null) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw refusal("an element of 'entries' has a 'base64' that is not base64: " + e.getMessage());
        }
    }

    private static EntryOptions options(ObjectNode entry, @Nullable String ttlOfAll) {
        String own = text(entry, "ttl");
        EntryOptions options = LifeText.options(own == null ? ttlOfAll : own);
        String contentType = text(entry, "contentType");
        return contentType == null ? options : options.withContentType(contentType);
    }

    private static @Nullable String text(ObjectNode object, String name) {
        JsonNode node = object.get(name);
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            throw refusal("'" + name + "' is not a string");
        }
        return whole(name, node.stringValue());
    }

    /** Refuses what JSON can escape and UTF-8 cannot write: it would be stored, and told in the answer, as something else. */
    private static String whole(String name, String text) {
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw refusal("'" + name + "' has half a surrogate pair, which is no text: send such bytes as 'base64'");
        }
        return text;
    }

    private static void requireMembers(ObjectNode object, Set<String> members) {
        List<String> unknown = new ArrayList<>(object.propertyNames());
        unknown.removeAll(members);
        if (!unknown.isEmpty()) {
            throw refusal("the member '" + unknown.get(0) + "' is not known here: expected "
                    + String.join(", ", members.stream().sorted().toList()));
        }
    }

    private static void requireSize(String member, int size) {
        if (size > Limits.MAX_BATCH_KEYS) {
            throw new ProblemException(Problem.tooLarge(
                    "'" + member + "' has " + size + " elements: at most " + Limits.MAX_BATCH_KEYS + " are allowed"));
        }
    }

    private static ProblemException refusal(String detail) {
        return new ProblemException(Problem.badRequest(detail));
    }
}
