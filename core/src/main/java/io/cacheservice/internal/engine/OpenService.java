package io.cacheservice.internal.engine;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheStats;
import io.cacheservice.CoherenceSamples;
import io.cacheservice.CoherenceStats;
import io.cacheservice.Compression;
import io.cacheservice.LatencySummary;
import io.cacheservice.MaxMemoryPolicy;
import io.cacheservice.Tiers;
import io.cacheservice.WriteOutcome;
import io.cacheservice.ZoneStats;
import io.cacheservice.internal.coherence.Copies;
import io.cacheservice.internal.coherence.Tokens;
import io.cacheservice.internal.compress.ValueCompressor;
import io.cacheservice.internal.compress.Ways;
import io.cacheservice.internal.crypto.ValueCipher;
import io.cacheservice.internal.entry.RedisKeys;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.local.HeapPressure;
import io.cacheservice.internal.local.LocalTier;
import io.cacheservice.internal.stats.LocalUsage;
import io.cacheservice.internal.stats.ServiceStats;
import io.cacheservice.internal.stats.StatsRecorder;
import io.cacheservice.internal.tags.Epochs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the caches of one open service share, and the list of them. */
final class OpenService {
    /** Loads at once that nobody waits for. */
    private static final int MOST_REFRESHES = 64;

    /** How long a close waits for the leases that it gives back; beyond that their own time ends them. */
    private static final long CLOSE_LIMIT_MILLIS = 1_000;

    private final CacheConfig config;
    private final Seams seams;
    private final Lifecycle lifecycle;
    private final LocalTier localTier;
    private final RemoteStore.@Nullable Remote remote;
    private final @Nullable ExecutorService ownExecutor;
    private final Sources sources = new Sources();
    private final @Nullable PeriodicRefresh periodic;
    private final Bulkhead bulkhead = new Bulkhead(MOST_REFRESHES);
    private final List<LocalTier> ownTiers = new CopyOnWriteArrayList<>();
    private final List<Copies<?, ?>> copies = new CopyOnWriteArrayList<>();
    private final Tokens tokens = new Tokens();
    private final @Nullable CoherenceMonitor monitor;
    private final @Nullable Claims claims;
    private final @Nullable ValueCipher cipher;
    private final Ways ways;
    private final Bulkhead trainings = new Bulkhead(1);
    private final List<ValueCompressor> compressors = new CopyOnWriteArrayList<>();
    private final RedisKeys keys;
    private final Limits limits;
    private final HeapGuard heapGuard;
    private final List<CacheEngine<?, ?>> engines = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<String, TypedCache<?, ?>> caches = new ConcurrentHashMap<>();
    private final List<Consumer<String>> openingListeners = new CopyOnWriteArrayList<>();

    OpenService(
            CacheConfig config,
            Seams seams,
            Lifecycle lifecycle,
            LocalTier localTier,
            RemoteStore.@Nullable Remote remote,
            @Nullable ExecutorService ownExecutor) {
        this.config = config;
        this.seams = seams;
        this.lifecycle = lifecycle;
        this.localTier = localTier;
        this.remote = remote;
        this.ownExecutor = ownExecutor;
        this.cipher = config.encryptionKeysFile()
                .map(file -> ValueCipher.ofFile(file, seams.time()))
                .orElse(null);
        this.ways = remote == null ? Ways.none() : Ways.find();
        this.keys = new RedisKeys(config.keyPrefix(), config.maxKeyBytes());
        this.limits = new Limits(config.maxValueBytes());
        this.heapGuard = new HeapGuard(new HeapPressure(config.heapPressure()), this::localTiers, seams.time());
        this.periodic = PeriodicRefresh.of(config, seams);
        this.claims = remote == null ? null : new Claims(remote.tier(), tokens, seams.random());
        this.monitor = remote == null ? null : CoherenceMonitor.of(remote.tier(), tokens, config, seams.time());
    }

    /** Changes are told from now on, and local copies compared with Redis. */
    void start() {
        if (remote != null && monitor != null) {
            remote.tier().onChange(monitor);
            remote.journal().onAdded(tokens);
            remote.tier().onLoss(remote.losses());
            remote.journal().start();
            monitor.start();
        }
        if (periodic != null) {
            periodic.start();
        }
        if (config.heapPressure() < HeapPressure.NEVER) {
            heapGuard.startSoon();
        }
    }

    private List<LocalTier> localTiers() {
        return Stream.concat(Stream.of(localTier), ownTiers.stream()).toList();
    }

    /** Has what {@code engine} reads reloaded from time to time, where the settings say so. */
    <K, V> void watch(CacheEngine<K, V> engine, Function<K, ReadRequest<K, V>> requests) {
        if (periodic != null) {
            engine.watchedBy(periodic, requests);
        }
    }

    CacheConfig config() {
        return config;
    }

    Seams seams() {
        return seams;
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    LocalTier localTier() {
        return localTier;
    }

    /** The memory for a cache with a bound of its own. */
    LocalTier newLocalTier(long maxBytes) {
        LocalTier own = new LocalTier(seams.time(), maxBytes, MaxMemoryPolicy.ALLKEYS_LFU);
        ownTiers.add(own);
        return own;
    }

    /** With which values in Redis are encrypted; null: they are not. */
    @Nullable
    ValueCipher cipher() {
        return cipher;
    }

    /** Compresses the values of a cache. */
    ValueCompressor compressor(String cacheName, Compression choice, StatsRecorder stats) {
        if (!ways.exist() && (choice == Compression.LZ4 || choice == Compression.ZSTD)) {
            throw new CacheConfigException((cacheName.isEmpty() ? "" : "cache '" + cacheName + "': ") + "compression "
                    + choice.name().toLowerCase(Locale.ROOT) + " is asked for, but nothing on the class path can"
                    + " compress: add the artifact io.cacheservice:cache-service-compression, or choose auto or none");
        }
        ValueCompressor compressor = new ValueCompressor(choice, ways, seams.time(), new CompressionMeter(stats));
        compressors.add(compressor);
        return compressor;
    }

    /** Looks after the dictionaries of a cache. */
    Dictionaries dictionaries(String cacheName, ValueCompressor compressor, StatsRecorder stats) {
        return new Dictionaries(
                new DictionaryShelf(remote(cacheName).tier(), keys, cacheName, cipher, seams.random()),
                compressor,
                stats,
                seams,
                lifecycle,
                trainings);
    }

    Tokens tokens() {
        return tokens;
    }

    /** For the loads that nobody waits for. */
    Bulkhead bulkhead() {
        return bulkhead;
    }

    Sources sources() {
        return sources;
    }

    RedisKeys keys() {
        return keys;
    }

    Limits limits() {
        return limits;
    }

    Tiers defaultTiers() {
        return remote == null ? Tiers.LOCAL_ONLY : Tiers.BOTH;
    }

    /** Redis, for a cache that wants it. */
    RemoteStore.Remote remote(String cacheName) {
        if (remote == null) {
            throw new CacheConfigException("cache '" + cacheName + "' wants a remote tier, but no Redis is configured:"
                    + " set url or host, or choose tiers LOCAL_ONLY");
        }
        return remote;
    }

    /** Asks that Redis for leases. */
    Claims claims() {
        if (claims == null) {
            throw new IllegalStateException("without a Redis there are no leases");
        }
        return claims;
    }

    boolean hasRemote() {
        return remote != null;
    }

    void source(Sources.Source source) {
        lifecycle.requireOpen();
        sources.add(source);
    }

    void register(CacheEngine<?, ?> engine) {
        engines.add(engine);
    }

    /** The cache of that name: the open one if its policy is equal, else the one that {@code opening} makes. */
    @SuppressWarnings("unchecked") // an equal policy has an equal type; keys are the caller's word
    <K, V> Cache<K, V> open(String name, TypedPolicy policy, Supplier<TypedCache<K, V>> opening) {
        lifecycle.requireOpen();
        TypedCache<?, ?> cache = caches.computeIfAbsent(name, absent -> opening.get());
        if (!Objects.equals(cache.policy(), policy)) { // the same object first: equals is linked when it is called
            throw new CacheConfigException("cache '" + name + "' is open with another policy: " + cache.policy()
                    + ", asked for " + policy + ". Use one policy for a name, or another name");
        }
        openingListeners.forEach(listener -> listener.accept(name));
        return (Cache<K, V>) cache;
    }

    /** Voids the entries of a cache, which need not be open here. */
    CompletableFuture<WriteOutcome> clear(String cacheName) {
        TypedCache<?, ?> open = opened(cacheName);
        return open != null
                ? open.async().clear()
                : Futures.map(elsewhere(cacheName).clear(), OpenService::outcome);
    }

    /** The same for those that carry {@code tag}. */
    CompletableFuture<WriteOutcome> invalidateTag(String cacheName, String tag) {
        TypedCache<?, ?> open = opened(cacheName);
        return open != null
                ? open.async().invalidateTag(tag)
                : Futures.map(elsewhere(cacheName).invalidateTag(tag), OpenService::outcome);
    }

    private @Nullable TypedCache<?, ?> opened(String cacheName) {
        lifecycle.requireOpen();
        return caches.get(RedisKeys.requireCacheName(cacheName));
    }

    private Epochs elsewhere(String cacheName) {
        if (remote == null) {
            throw new CacheConfigException(
                    "cache '" + cacheName + "' is not open here, and no Redis is configured through"
                            + " which others could hear of it: open it first, or set url or host");
        }
        return Opening.epochs(cacheName, this, config.maxStaleness());
    }

    private static WriteOutcome outcome(boolean hasHeard) {
        return hasHeard ? WriteOutcome.APPLIED : WriteOutcome.QUEUED;
    }

    void onCacheOpened(Consumer<String> listener) {
        openingListeners.add(listener);
        caches.keySet().forEach(listener);
    }

    CacheStats stats() {
        ServiceStats sum = new ServiceStats();
        long entries = 0;
        for (CacheEngine<?, ?> engine : engines) {
            entries += engine.addTo(sum);
        }
        return sum.snapshot(
                new LocalUsage(
                        entries,
                        localTier.usedBytes() + sum(LocalTier::usedBytes),
                        localTier.boundBytes() + sum(LocalTier::boundBytes)),
                remote == null ? 0 : remote.journal().size(),
                remote == null ? List.of() : remote.tier().connections());
    }

    /** Local copies of a cache; they are counted from now on. */
    void register(Copies<?, ?> cache) {
        copies.add(cache);
    }

    List<ZoneStats> zones() {
        return remote == null ? List.of() : remote.tier().zones();
    }

    CoherenceStats coherence() {
        return new CoherenceStats(
                remote == null ? List.of() : remote.tier().listening(),
                tokens.size(),
                tokens.changes(),
                copies.stream().mapToLong(Copies::unproven).sum(),
                copies.stream().mapToLong(Copies::revoked).sum(),
                copies.stream().mapToLong(Copies::fillsRefused).sum(),
                remote == null ? Map.of() : remote.tier().flushes(),
                monitor == null ? CoherenceSamples.NONE : monitor.samples(),
                monitor == null ? LatencySummary.EMPTY : monitor.pushLag(),
                monitor == null ? 0 : monitor.pushesUnheard());
    }

    private long sum(ToLongFunction<LocalTier> ofEach) {
        return ownTiers.stream().mapToLong(ofEach).sum();
    }

    void close() {
        if (lifecycle.isClosed()) {
            return;
        }
        engines.forEach(CacheEngine::finishWrites);
        if (!lifecycle.close()) {
            return;
        }
        if (monitor != null) {
            monitor.close();
        }
        if (periodic != null) {
            periodic.close();
        }
        heapGuard.close();
        List<CompletableFuture<?>> closing = new ArrayList<>();
        engines.forEach(engine -> closing.add(engine.close()));
        Futures.allDone(closing)
                .completeOnTimeout(null, CLOSE_LIMIT_MILLIS, TimeUnit.MILLISECONDS)
                .join();
        try {
            if (remote != null) {
                remote.close();
            }
        } finally {
            compressors.forEach(ValueCompressor::close);
            ways.close();
            localTier.clear();
            ownTiers.forEach(LocalTier::clear);
            if (ownExecutor != null) {
                ownExecutor.shutdownNow();
            }
        }
    }
}
