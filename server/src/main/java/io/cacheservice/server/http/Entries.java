package io.cacheservice.server.http;

import io.cacheservice.CacheService;
import io.cacheservice.EntryOptions;
import io.cacheservice.EntryVersion;
import io.cacheservice.Lookup;
import io.cacheservice.WriteOutcome;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.function.Predicate;

/** {@code /v1/entries/{key}} and {@code /v1/entry?key=}: one entry, its bytes as the body. */
final class Entries {
    static final String PATH = "/v1/entries/";

    private static final String OCTETS = "application/octet-stream";

    private final CacheService service;
    private final Bodies bodies;
    private final HeldBytes held;
    private final Limits limits;
    private final ContentTypes contentTypes;
    private final ComparedChange changes;

    Entries(CacheService service, Bodies bodies, HeldBytes held, Limits limits, ContentTypes contentTypes) {
        this.service = service;
        this.changes = new ComparedChange(service);
        this.bodies = bodies;
        this.held = held;
        this.limits = limits;
        this.contentTypes = contentTypes;
    }

    /** GET and HEAD. */
    void read(Context ctx) throws IOException {
        String key = key(ctx);
        Lookup<byte[]> lookup = service.lookup(key);
        ctx.header("Cache-Status", CacheStatus.of(lookup));
        if (!(lookup instanceof Lookup.Hit<byte[]> hit)) {
            throw new ProblemException(Problem.miss());
        }
        ctx.header("Age", Long.toString(hit.age().toSeconds()));
        hit.remaining().map(Duration::toMillis).ifPresent(ms -> ctx.header("Ttl-Millis", Long.toString(ms)));
        hit.version().ifPresent(version -> ctx.header("ETag", "\"" + version + "\""));
        byte[] value = hit.valueOrNull();
        if (value == null) {
            throw new ProblemException(Problem.cachedNull());
        }
        String ifNoneMatch = ctx.header("If-None-Match");
        if (hit.version().filter(v -> Preconditions.readerHas(ifNoneMatch, v)).isPresent()) {
            Replies.empty(ctx, 304);
            return;
        }
        try (HeldBytes.Share share = held.open()) {
            share.add(value.length);
            Replies.written(ctx, 200, contentTypes.of(key, hit).orElse(OCTETS), value);
        }
    }

    void write(Context ctx) throws IOException {
        String key = key(ctx);
        requireWhole(ctx);
        EntryOptions options = options(ctx);
        Preconditions wanted = Preconditions.ofWrite(ctx.header("If-Match"), ctx.header("If-None-Match"));
        bodies.with(ctx.req(), limits.maxValueBytes(), "maxValueBytes bounds a value", value -> {
            if (wanted instanceof Preconditions.None) {
                store(ctx, key, value, options);
            } else if (wanted instanceof Preconditions.IfAbsent) {
                require(service.setIfAbsent(key, value, options), "something is stored under this key already");
                Replies.empty(ctx, 201);
            } else {
                require(replace(key, value, options, wanted), "the entry asked for is not there, or no longer");
                Replies.empty(ctx, 204);
            }
        });
    }

    void delete(Context ctx) {
        String key = key(ctx);
        Preconditions wanted = Preconditions.ofDelete(ctx.header("If-Match"), ctx.header("If-None-Match"));
        WriteOutcome outcome = WriteOutcome.APPLIED;
        if (wanted instanceof Preconditions.None) {
            outcome = service.delete(key);
        } else {
            require(delete(key, wanted), "the entry there is not one to be removed, or there is none");
        }
        Replies.empty(ctx, outcome == WriteOutcome.QUEUED ? 202 : 204);
    }

    /** Whether the condition was met; where nothing is there was nothing to remove. */
    private boolean delete(String key, Preconditions wanted) {
        Predicate<EntryVersion> removal = version -> service.delete(key, version);
        if (wanted instanceof Preconditions.IfVersion known) {
            return changes.ofOneOf(known.versions(), removal);
        }
        if (wanted instanceof Preconditions.UnlessVersion known) {
            return changes.ofAllBut(known.versions(), key, removal) != ComparedChange.Outcome.EXCLUDED;
        }
        return wanted instanceof Preconditions.IfAbsent
                ? changes.there(key).isEmpty()
                : changes.ofWhatIsThere(key, removal);
    }

    /** Creating first tells 201 from 204 without a read, which would count as a hit or miss. */
    private void store(Context ctx, String key, byte[] value, EntryOptions options) {
        if (service.setIfAbsent(key, value, options)) {
            Replies.empty(ctx, 201);
        } else {
            service.set(key, value, options);
            Replies.empty(ctx, 204);
        }
    }

    private boolean replace(String key, byte[] value, EntryOptions options, Preconditions wanted) {
        Predicate<EntryVersion> replacement = version -> service.replace(key, version, value, options);
        return wanted instanceof Preconditions.IfVersion known
                ? changes.ofOneOf(known.versions(), replacement)
                : changes.ofWhatIsThere(key, replacement);
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new ProblemException(Problem.preconditionFailed(otherwise));
        }
    }

    /** Bytes kept without these fields would mean something else to readers. */
    private static void requireWhole(Context ctx) {
        for (String encoding : Collections.list(ctx.req().getHeaders("Content-Encoding"))) {
            if (!encoding.trim().equalsIgnoreCase("identity")) {
                throw new ProblemException(Problem.unsupportedMediaType(
                        "a Content-Encoding is not kept: send the value as readers are to get it, without one"));
            }
        }
        if (ctx.header("Content-Range") != null) {
            throw new ProblemException(
                    Problem.badRequest("Content-Range: a part of a value cannot be stored, send the whole"));
        }
    }

    private static EntryOptions options(Context ctx) {
        EntryOptions options = LifeText.options(RawKeys.single(ctx.req().getQueryString(), "ttl"));
        String contentType = ctx.req().getContentType();
        return contentType == null ? options : options.withContentType(contentType);
    }

    private static String key(Context ctx) {
        return RawKeys.fromTarget(ctx.req());
    }
}
