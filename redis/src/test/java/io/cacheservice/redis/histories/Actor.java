package io.cacheservice.redis.histories;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheMemoryException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.redis.histories.Key.Style;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One thread's part: writes its own keys, through the cache or past it, and reads everybody's. */
final class Actor implements Steps {
    private static final int HOT_KEYS = 10;
    private static final Duration LONG = Duration.ofHours(1);

    private final SplittableRandom random;
    private final List<Key> own;
    private final List<Key> all;
    private final @Nullable Caches caches;
    private final ForeignCalls foreign;
    private final Consumer<RuntimeException> undocumented;
    private final Map<Key, Long> versions = new HashMap<>();
    /** Keys with a plain value that is known to be their newest version. */
    private final Map<Key, Long> plain = new HashMap<>();

    /** @param caches the cache; null for a thread that knows of none */
    Actor(
            SplittableRandom random,
            List<Key> own,
            List<Key> all,
            @Nullable Caches caches,
            ForeignCalls foreign,
            Consumer<RuntimeException> undocumented) {
        this.random = random;
        this.own = own;
        this.all = all;
        this.caches = caches;
        this.foreign = foreign;
        this.undocumented = undocumented;
    }

    @Override
    public void step() {
        try {
            changeOrRead();
        } catch (CacheConnectionException | CacheTimeoutException | CacheMemoryException documented) {
            // Recorded, with what is known of the outcome.
        } catch (RuntimeException e) {
            undocumented.accept(e);
        }
    }

    private void changeOrRead() {
        if (random.nextInt(100) < 15) {
            change(own.get(random.nextInt(own.size())));
        } else {
            boolean hot = random.nextBoolean();
            Key key = all.get(random.nextInt(hot ? Math.min(HOT_KEYS, all.size()) : all.size()));
            if (caches != null) {
                caches.read(key);
            } else if (key.style() == Style.RAW) {
                foreign.read(key);
            }
        }
    }

    private void change(Key key) {
        boolean past = caches == null || random.nextInt(4) == 0;
        int what = random.nextInt(100);
        Long newest = plain.get(key);
        if (what < 8 && past && newest != null) {
            foreign.expire(key, newest, Duration.ofMillis(1 + random.nextInt(500)));
            return;
        }
        long version = versions.merge(key, 1L, Long::sum);
        plain.remove(key);
        if (what < 25) {
            delete(key, version, past);
        } else {
            write(key, version, life(what), past && key.style() != Style.FRAMED);
        }
    }

    private Duration life(int what) {
        return what < 40
                ? Duration.ofMillis(1 + random.nextInt(20))
                : what < 50 ? Duration.ofMillis(50 + random.nextInt(2_000)) : LONG;
    }

    private void delete(Key key, long version, boolean past) {
        if (past || caches == null) {
            foreign.delete(key, version, random.nextBoolean());
        } else {
            caches.delete(key, version);
        }
    }

    private void write(Key key, long version, Duration life, boolean past) {
        if (past || caches == null) {
            Outcome outcome = random.nextInt(4) == 0 && life.equals(LONG)
                    ? foreign.rename(key, version, life)
                    : foreign.write(key, version, life);
            if (outcome == Outcome.APPLIED) {
                plain.put(key, version);
            }
        } else {
            caches.write(key, version, life);
            if (key.style() == Style.RAW) {
                plain.put(key, version);
            }
        }
    }
}
