package io.cacheservice.redis.histories;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.EntryFormat;
import io.cacheservice.EntryOptions;
import io.cacheservice.Lookup;
import io.cacheservice.testkit.history.HistoryRecorder;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The cache under test: what is done through a service, recorded. */
final class Caches {
    /** Read from bytes that are no version. */
    private static final long NOBODYS = Long.MAX_VALUE;

    private final CacheService service;
    private final Cache<String, Long> framed;
    private final Cache<String, Long> raw;
    private final HistoryRecorder recorder;
    private final DeafCopies copies;

    Caches(CacheService service, HistoryRecorder recorder, DeafCopies copies) {
        this.copies = copies;
        this.service = service;
        this.recorder = recorder;
        framed = service.cache("framed", Long.class).open();
        raw = service.cache("raw", Long.class)
                .format(EntryFormat.RAW)
                .redisKey(key -> key)
                .open();
    }

    void write(Key key, long version, Duration life) {
        copies.remove(key.name());
        recorder.write(key.name(), version, life, () -> switch (key.style()) {
            case BYTES -> service.set(key.name(), Long.toString(version).getBytes(UTF_8), life);
            case FRAMED -> framed.put(key.name(), version, EntryOptions.ttl(life));
            case RAW -> raw.put(key.name(), version, EntryOptions.ttl(life));
        });
    }

    void delete(Key key, long version) {
        copies.remove(key.name());
        recorder.delete(key.name(), version, () -> switch (key.style()) {
            case BYTES -> service.delete(key.name());
            case FRAMED -> framed.invalidate(key.name());
            case RAW -> raw.invalidate(key.name());
        });
    }

    void read(Key key) {
        read(key, recorder::read, recorder::read);
    }

    void finalRead(Key key) {
        read(key, recorder::finalRead, recorder::finalRead);
    }

    private void read(Key key, Reading<byte[]> bytes, Reading<Long> numbers) {
        switch (key.style()) {
            case BYTES ->
                bytes.read(
                        key.name(), () -> copies.read(key.name(), () -> service.lookup(key.name())), Caches::version);
            case FRAMED ->
                numbers.read(
                        key.name(), () -> copies.read(key.name(), () -> framed.lookup(key.name())), Long::longValue);
            case RAW ->
                numbers.read(key.name(), () -> copies.read(key.name(), () -> raw.lookup(key.name())), Long::longValue);
        }
    }

    private static long version(byte[] decimal) {
        try {
            return Long.parseLong(new String(decimal, UTF_8));
        } catch (NumberFormatException e) {
            return NOBODYS;
        }
    }

    @FunctionalInterface
    private interface Reading<V> {
        Lookup<V> read(String key, Supplier<Lookup<V>> call, ToLongFunction<? super V> versionOf);
    }
}
