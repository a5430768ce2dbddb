package io.cacheservice.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.EntryDetails;
import io.cacheservice.KeyPage;
import io.cacheservice.Tier;
import io.cacheservice.internal.entry.RedisKeys;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.LocalMap;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The byte entries of this process, where it is the tier of record. Keys are listed in their natural order. */
final class LocalStored implements ListedEntries {
    private final LocalMap<String, byte[]> map;
    private final RedisKeys keys;
    private final Lifecycle lifecycle;
    private final Seams seams;

    LocalStored(LocalMap<String, byte[]> map, RedisKeys keys, Lifecycle lifecycle, Seams seams) {
        this.map = map;
        this.keys = keys;
        this.lifecycle = lifecycle;
        this.seams = seams;
    }

    @Override
    public CompletableFuture<KeyPage> page(String prefix, @Nullable String cursor, int most) {
        lifecycle.requireOpen();
        keys.byteKeyPrefix(prefix);
        String last = cursor == null ? "" : lastKey(cursor);
        map.cleanUp();
        List<String> page = map.firstKeys(
                key -> key.startsWith(prefix) && key.compareTo(last) > 0, Comparator.naturalOrder(), most);
        String next = page.size() == most ? cursorAfter(page.get(most - 1)) : null;
        return CompletableFuture.completedFuture(new KeyPage(page, next, List.of()));
    }

    private static String cursorAfter(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
    }

    private static String lastKey(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the cursor is none that this server gave: begin again without a cursor", e);
        }
    }

    @Override
    public List<String> hottest(int count) {
        lifecycle.requireOpen();
        map.cleanUp();
        return map.hottest(count);
    }

    @Override
    public EntryDetails inspect(String key) {
        lifecycle.requireOpen();
        keys.requireKey(key);
        map.dropExpired(key);
        Entry<byte[]> entry = map.getQuietly(key);
        return new EntryDetails(
                Tier.LOCAL,
                Optional.empty(),
                false,
                entry == null
                        ? Optional.empty()
                        : Optional.of(stored(entry, seams.time().nanoTime())),
                Optional.empty());
    }

    @Override
    public boolean setLife(String key, @Nullable Duration life) {
        lifecycle.requireOpen();
        keys.requireKey(key);
        long end = life == null
                ? Entry.FOR_EVER
                : seams.time().nanoTime() + TimeUnit.MILLISECONDS.toNanos(Limits.requireTtlMillis(life));
        AtomicBoolean changed = new AtomicBoolean();
        map.update(key, before -> {
            changed.setPlain(before != null);
            return before == null ? null : before.withLife(end, seams.random().nextLong());
        });
        return changed.getPlain();
    }

    private static EntryDetails.Stored stored(Entry<byte[]> entry, long nowNanos) {
        byte[] value = entry.value();
        Optional<Duration> remaining = LocalDetails.remaining(entry, nowNanos);
        return new EntryDetails.Stored(
                "object",
                EntryDetails.Format.OBJECT,
                OptionalLong.of(entry.bytes()),
                OptionalLong.of(value == null ? 0 : value.length),
                remaining,
                Optional.empty(),
                LocalDetails.header(entry, nowNanos),
                Optional.empty(),
                value == null ? null : value.clone());
    }
}
