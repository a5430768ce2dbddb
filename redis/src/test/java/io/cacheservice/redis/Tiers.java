package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheException;
import io.cacheservice.TimeSource;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How the tests open a tier and wait for its answers. */
final class Tiers {
    private static final long HANG_SECONDS = 20;

    private Tiers() {}

    /** Budgets so long that only what hangs misses them. */
    static CacheConfig.Builder config(String url) {
        return CacheConfig.builder()
                .url(url)
                .readTimeout(Duration.ofSeconds(10))
                .writeTimeout(Duration.ofSeconds(10));
    }

    static RemoteTier open(CacheConfig.Builder config) {
        return open(config, TimeSource.system());
    }

    static RemoteTier open(CacheConfig.Builder config, TimeSource time) {
        return new RedisTierProvider().open(config.build(), time, Runnable::run);
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static @Nullable String text(RemoteValue value) {
        return value.bytes() == null ? null : new String(value.bytes(), UTF_8);
    }

    /** The answer; a failure is thrown as it is. */
    static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        try {
            return future.get(HANG_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CacheException failure) {
                throw failure;
            }
            throw new AssertionError("failed with something else than a CacheException", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("never answered\n" + ThreadDump.take(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
