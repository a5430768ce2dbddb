package io.cacheservice.server.http;

import io.cacheservice.BatchLookup;
import io.cacheservice.CacheException;
import io.cacheservice.CacheService;
import io.cacheservice.Lookup;
import io.cacheservice.WriteOutcome;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * {@code POST /v1/entries:get}, {@code :set} and {@code :delete}: many entries at once. The answer is 200 whenever the
 * request was understood; keys that failed stand under {@code errors}, each with its own problem.
 */
final class Batches {
    /** How many keys are asked for at most before the bytes of their values are counted. */
    private static final int KEYS_AT_ONCE = 128;

    private final CacheService service;
    private final JsonBodies bodies;
    private final HeldBytes held;
    private final Limits limits;
    private final ContentTypes contentTypes;

    Batches(CacheService service, JsonBodies bodies, HeldBytes held, Limits limits, ContentTypes contentTypes) {
        this.service = service;
        this.bodies = bodies;
        this.held = held;
        this.limits = limits;
        this.contentTypes = contentTypes;
    }

    void get(Context ctx) throws IOException {
        bodies.with(ctx, Set.of("keys"), request -> {
            try (HeldBytes.Share share = held.open()) {
                Reading reading = new Reading(share);
                List<String> keys = reading.errors.reached(ctx, request.keys());
                int from = 0;
                while (from < keys.size()) {
                    int to = Math.min(keys.size(), from + reading.keysAtOnce());
                    reading.take(keys.subList(from, to));
                    from = to;
                }
                Replies.written(ctx, 200, Json.MEDIA_TYPE, Json.MAPPER.writeValueAsBytes(reading.answer()));
            }
        });
    }

    void set(Context ctx) throws IOException {
        bodies.with(ctx, Set.of("entries", "ttl"), request -> {
            Map<String, BatchRequest.Write> entries = request.entries();
            BatchErrors errors = new BatchErrors();
            Map<String, CompletableFuture<WriteOutcome>> writes = new LinkedHashMap<>();
            for (String key : errors.reached(ctx, entries.keySet())) {
                BatchRequest.Write write = Objects.requireNonNull(entries.get(key));
                writes.put(key, started(() -> service.async().set(key, write.value(), write.options())));
            }
            writes.forEach((key, write) -> {
                try {
                    write.join();
                } catch (CompletionException e) {
                    errors.add(key, e);
                }
            });
            Replies.json(ctx, 200, written(entries.size() - errors.count(), errors));
        });
    }

    void delete(Context ctx) throws IOException {
        bodies.with(ctx, Set.of("keys"), request -> {
            Set<String> keys = request.keys();
            BatchErrors errors = new BatchErrors();
            errors.apart(
                    errors.reached(ctx, keys),
                    some -> service.deleteAll(some).failures().forEach(errors::add));
            Replies.json(ctx, 200, written(keys.size() - errors.count(), errors));
        });
    }

    private static Map<String, Object> written(int applied, BatchErrors errors) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("applied", applied);
        answer.put("errors", errors.members());
        return answer;
    }

    private interface Start<T> {
        CompletableFuture<T> begin();
    }

    /** Arguments are checked at once; in a batch that is the failure of one key, not of all. */
    private static <T> CompletableFuture<T> started(Start<T> start) {
        try {
            return start.begin();
        } catch (IllegalArgumentException | CacheException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The answer to {@code :get} while it grows; stops taking values when they fill the room for an answer. */
    private final class Reading {
        private final List<Map<String, Object>> entries = new ArrayList<>();
        private final List<String> missing = new ArrayList<>();
        private final BatchErrors errors = new BatchErrors();
        private final HeldBytes.Share share;
        private long bytes;
        private long largest = limits.maxValueBytes();
        private boolean full;

        Reading(HeldBytes.Share share) {
            this.share = share;
        }

        /** As many as still fit if none is larger than those before; at first, than a value may be. */
        int keysAtOnce() {
            long room = (limits.maxBatchBytes() - bytes) / Math.max(1, largest);
            return full ? KEYS_AT_ONCE : (int) Math.max(1, Math.min(KEYS_AT_ONCE, room));
        }

        Map<String, Object> answer() {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("entries", entries);
            answer.put("missing", missing);
            answer.put("errors", errors.members());
            return answer;
        }

        void take(List<String> keys) {
            if (full) {
                keys.forEach(this::noRoom);
                return;
            }
            errors.apart(keys, some -> {
                BatchLookup<String, byte[]> each = service.lookupEach(some);
                each.lookups().forEach(this::take);
                each.failures().forEach(errors::add);
            });
        }

        private void take(String key, Lookup<byte[]> lookup) {
            byte[] value = lookup.valueOrNull();
            if (!(lookup instanceof Lookup.Hit<byte[]> hit) || value == null) {
                missing.add(key);
                return;
            }
            if (bytes + value.length > limits.maxBatchBytes() || !share.tryAdd(value.length)) {
                full = true;
                noRoom(key);
                return;
            }
            largest = entries.isEmpty() ? value.length : Math.max(largest, value.length);
            bytes += value.length;
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("key", key);
            ValueJson.put(entry, value);
            hit.remaining().ifPresent(left -> entry.put("ttlMillis", left.toMillis()));
            contentTypes.of(key, hit).ifPresent(type -> entry.put("contentType", type));
            entries.add(entry);
        }

        private void noRoom(String key) {
            errors.add(
                    key,
                    Problem.tooLarge("the values before this one fill the " + limits.maxBatchBytes()
                            + " bytes of an answer; ask for it again"));
        }
    }
}
