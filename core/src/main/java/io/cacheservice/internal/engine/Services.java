package io.cacheservice.internal.engine;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.ContextCarrier;
import io.cacheservice.TimeSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Opens services. */
public final class Services {
    private Services() {}

    /** Opens a service; see {@link CacheService#open(CacheConfig)}. */
    @SuppressWarnings("DoNotCallSuggester")
    public static CacheService open(
            CacheConfig config,
            TimeSource time,
            @Nullable Executor executor,
            ContextCarrier carrier,
            @Nullable RandomGenerator random) {
        throw new UnsupportedOperationException("engine");
    }
}
