package io.cacheservice.server.http;

import io.cacheservice.CacheService;
import io.cacheservice.EntryDetails;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/inspect?key=}: everything known of an entry in each tier; its value only where {@code value=true} asks for it. */
final class Inspection {
    private final CacheService service;
    private final HeldBytes held;

    Inspection(CacheService service, HeldBytes held) {
        this.service = service;
        this.held = held;
    }

    void read(Context ctx) throws IOException {
        @Nullable String query = ctx.req().getQueryString();
        String key = RawKeys.fromQuery(query);
        boolean withValue = isTrue("value", RawKeys.single(query, "value"));
        EntryDetails details = service.stored().inspect(key);
        byte[] value = details.stored().map(EntryDetails.Stored::value).orElse(null);
        try (HeldBytes.Share share = held.open()) {
            share.add(value == null ? 0 : value.length);
            Map<String, Object> answer = members(key, details);
            if (withValue && value != null) {
                ValueJson.put(answer, value);
            }
            Replies.written(ctx, 200, Json.MEDIA_TYPE, Json.MAPPER.writeValueAsBytes(answer));
        }
    }

    private static boolean isTrue(String name, @Nullable String text) {
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw new ProblemException(
                    Problem.badRequest(name + " = '" + text + "' is refused: expected true or false"));
        }
        return "true".equals(text);
    }

    private static Map<String, Object> members(String key, EntryDetails details) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("key", key);
        answer.put("exists", details.stored().isPresent());
        answer.put("tier", word(details.tier()));
        details.place().ifPresent(place -> {
            answer.put("node", place.node());
            place.slot().ifPresent(slot -> answer.put("slot", slot));
        });
        answer.put("removalWaits", details.removalWaits());
        details.stored().ifPresent(stored -> {
            answer.put("type", stored.type());
            answer.put("format", word(stored.format()));
            stored.storedBytes().ifPresent(bytes -> answer.put("storedBytes", bytes));
            stored.valueBytes().ifPresent(bytes -> answer.put("valueBytes", bytes));
            stored.remaining().ifPresent(left -> answer.put("ttlMillis", left.toMillis()));
            stored.checksumHolds().ifPresent(holds -> answer.put("checksumHolds", holds));
            stored.header().ifPresent(header -> answer.put("entry", entry(header)));
            stored.usage().ifPresent(usage -> answer.put("redis", usage(usage)));
        });
        details.copy().ifPresent(copy -> answer.put("local", copy(copy)));
        return answer;
    }

    private static Map<String, Object> copy(EntryDetails.Copy copy) {
        Map<String, Object> local = new LinkedHashMap<>();
        local.put("standing", word(copy.standing()));
        local.put("bytes", copy.bytes());
        local.put("ageMillis", copy.age().toMillis());
        copy.remaining().ifPresent(left -> local.put("ttlMillis", left.toMillis()));
        local.put("tracked", copy.isTracked());
        copy.connection().ifPresent(connection -> local.put("connection", connection));
        copy.provenAge().ifPresent(age -> local.put("provenAgeMillis", age.toMillis()));
        copy.header().ifPresent(header -> local.put("entry", entry(header)));
        return local;
    }

    private static Map<String, Object> entry(EntryDetails.Header header) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kind", header.kind());
        entry.put("version", header.version().toString());
        entry.put("ageMillis", header.age().toMillis());
        header.fresh().map(Duration::toMillis).ifPresent(left -> entry.put("freshMillis", left));
        header.stale().map(Duration::toMillis).ifPresent(left -> entry.put("staleMillis", left));
        header.kept().map(Duration::toMillis).ifPresent(kept -> entry.put("keptMillis", kept));
        header.codecId().ifPresent(id -> entry.put("codec", id));
        header.schema().ifPresent(schema -> entry.put("schema", schema));
        header.encryptedWith().ifPresent(key -> entry.put("encryptedWith", key));
        header.compression().ifPresent(way -> entry.put("compression", way));
        header.dictionary().ifPresent(number -> entry.put("dictionary", number));
        header.contentType().ifPresent(type -> entry.put("contentType", type));
        header.loadCost().ifPresent(cost -> entry.put("loadMicros", cost.toNanos() / 1_000));
        entry.put("tags", header.tags());
        return entry;
    }

    private static Map<String, Object> usage(EntryDetails.Usage usage) {
        Map<String, Object> redis = new LinkedHashMap<>();
        usage.encoding().ifPresent(name -> redis.put("encoding", name));
        usage.memoryBytes().ifPresent(bytes -> redis.put("memoryBytes", bytes));
        usage.idle().ifPresent(idle -> redis.put("idleSeconds", idle.toSeconds()));
        usage.accessFrequency().ifPresent(count -> redis.put("accessFrequency", count));
        return redis;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
