package io.cacheservice.internal.engine;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheService;
import io.cacheservice.ContextCarrier;
import io.cacheservice.MaxMemoryPolicy;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.journal.JournalFile;
import io.cacheservice.internal.local.LocalTier;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteTierProvider;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Opens services: puts the rooms together. */
public final class Services {
    /** Keys of one batch that wait at once: enough to fill a lane, few enough for their time budget. */
    private static final int MAX_BATCH = 1_000;

    private Services() {}

    /** Opens a service; see {@link CacheService#open(CacheConfig)}. */
    public static CacheService open(
            CacheConfig config,
            TimeSource time,
            @Nullable Executor executor,
            ContextCarrier carrier,
            @Nullable RandomGenerator random,
            @Nullable RemoteTierProvider provider) {
        ExecutorService ownExecutor = executor == null ? LoadThreads.newExecutor() : null;
        Executor loadOn = executor == null ? requireMade(ownExecutor) : givenBy(executor, config);
        Seams seams = new Seams(time, loadOn, carrier, random == null ? new SharedRandom() : random);
        LocalTier localTier = new LocalTier(time, localMaxBytes(config), localPolicy(config));
        RemoteStore.Remote remote =
                config.hasRedis() ? openRemote(config, provider == null ? found() : provider, seams) : null;
        try {
            OpenService service = new OpenService(config, seams, new Lifecycle(), localTier, remote, ownExecutor);
            service.start();
            return Opening.bytes(service);
        } catch (RuntimeException | Error refused) {
            if (remote != null) {
                remote.close();
            }
            throw refused;
        }
    }

    private static RemoteTierProvider found() {
        return ServiceLoader.load(RemoteTierProvider.class)
                .findFirst()
                .orElseThrow(
                        () -> new CacheConfigException(
                                "the configuration names a Redis, but nothing on the class path"
                                        + " can speak to it: add the artifact io.cacheservice:cache-service-redis, or remove url and host"));
    }

    private static RemoteStore.Remote openRemote(CacheConfig config, RemoteTierProvider provider, Seams seams) {
        JournalFile file = config.journalFile().map(JournalFile::open).orElse(null);
        RemoteTier tier;
        try {
            tier = config.zones().isEmpty()
                    ? provider.open(config, seams.time(), seams.executor())
                    : OpenZones.open(config, provider, seams);
        } catch (RuntimeException | Error refused) {
            if (file != null) {
                file.close();
            }
            throw refused;
        }
        Journal journal = new Journal(tier, config.journalSize(), seams.random(), file);
        Losses losses = new Losses(journal, new AcceptedKeys(config.journalSize(), seams.time()));
        return new RemoteStore.Remote(tier, journal, losses, Math.min(MAX_BATCH, config.maxPending()));
    }

    /** With a Redis, {@code maxMemory} is the server's. */
    private static long localMaxBytes(CacheConfig config) {
        long quarterOfHeap = Runtime.getRuntime().maxMemory() / 4;
        return (config.hasRedis() ? config.localMaxMemory() : config.maxMemory()).orElse(quarterOfHeap);
    }

    private static MaxMemoryPolicy localPolicy(CacheConfig config) {
        boolean noEviction = !config.hasRedis()
                && config.maxMemoryPolicy()
                        .filter(MaxMemoryPolicy.NOEVICTION.configName()::equals)
                        .isPresent();
        return noEviction ? MaxMemoryPolicy.NOEVICTION : MaxMemoryPolicy.ALLKEYS_LFU;
    }

    private static Executor givenBy(Executor executor, CacheConfig config) {
        return config.hasRedis() ? new NeverInline(executor) : executor;
    }

    private static Executor requireMade(@Nullable ExecutorService made) {
        if (made == null) {
            throw new IllegalStateException("no executor");
        }
        return made;
    }

    /** The generator of whichever thread asks. */
    private static final class SharedRandom implements RandomGenerator {
        @Override
        public long nextLong() {
            return ThreadLocalRandom.current().nextLong();
        }
    }
}
