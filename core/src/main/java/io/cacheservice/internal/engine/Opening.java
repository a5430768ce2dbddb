package io.cacheservice.internal.engine;

import io.cacheservice.CacheConfigException;
import io.cacheservice.Compression;
import io.cacheservice.EntryFormat;
import io.cacheservice.KeyCodec;
import io.cacheservice.OnUnavailable;
import io.cacheservice.Refresh;
import io.cacheservice.SourceWriter;
import io.cacheservice.Tiers;
import io.cacheservice.TypeRef;
import io.cacheservice.WritesWhileUnavailable;
import io.cacheservice.internal.coherence.Copies;
import io.cacheservice.internal.compress.ValueCompressor;
import io.cacheservice.internal.crypto.ValueCipher;
import io.cacheservice.internal.engine.TypedPolicy.LoadTimes;
import io.cacheservice.internal.entry.Codecs;
import io.cacheservice.internal.entry.RedisKeys;
import io.cacheservice.internal.entry.Shapes;
import io.cacheservice.internal.local.LocalMap;
import io.cacheservice.internal.local.LocalTier;
import io.cacheservice.internal.refresh.EarlyRefresh;
import io.cacheservice.internal.stats.StatsRecorder;
import io.cacheservice.internal.tags.Epochs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a cache together. */
final class Opening {
    private Opening() {}

    /** The service with its own entries. */
    static ByteService bytes(OpenService service) {
        Encoding<byte[]> encoding = new Encoding<>("", Codecs.find(TypeRef.of(byte[].class)), service.limits());
        StatsRecorder stats = new StatsRecorder();
        LoadTimes times = LoadTimes.DEFAULTS;
        LoadPolicy loadPolicy = times.loadPolicy(
                Optional.empty(), service.hasRemote() ? nanos(service.config().maxStaleness()) : Long.MAX_VALUE);
        Store<String, byte[]> store;
        ListedEntries stored;
        if (service.hasRemote()) {
            RemoteStore.Remote remote = service.remote("");
            ValueCompressor compressor =
                    service.compressor("", Compression.named(service.config().compression()), stats);
            Framing<byte[]> framing = new Framing<>(
                    Shapes.only(encoding.codec()),
                    EntryFormat.FRAMED,
                    true,
                    maxPayload(service),
                    null,
                    service.cipher(),
                    compressor);
            Retention retention = new Retention(0, loadPolicy.leaseMillis());
            RemoteStore<String, byte[]> inRedis = new RemoteStore<>(
                    remote,
                    service.claims(),
                    null,
                    new Sealing<>(service.keys()::byteKey, encoding, framing, retention, service.seams()),
                    framing,
                    service.dictionaries("", compressor, stats),
                    key -> service.sources().find(key) != null,
                    maxPayload(service),
                    service.seams());
            Duration maxStaleness = service.config().maxStaleness();
            Copies<String, byte[]> copies =
                    maxStaleness.isZero() ? null : copies(service, service.localTier(), stats, maxStaleness);
            store = copies == null
                    ? inRedis
                    : new CompositeStore<>(inRedis, copies, service.seams().time(), null);
            stored = new RemoteStored(
                    remote,
                    service.keys(),
                    service.lifecycle(),
                    service.seams(),
                    maxStored(service),
                    compressor,
                    copies);
        } else {
            LocalMap<String, byte[]> map = service.localTier().newMapForJudges(stats::evicted);
            store = local(service, service.localTier(), map, new ByteSizing(service.limits()), 0, stats, null);
            stored = new LocalStored(map, service.keys(), service.lifecycle(), service.seams());
        }
        CacheEngine<String, byte[]> engine = engine(
                "",
                service,
                store,
                stats,
                OnUnavailable.FAIL,
                loadPolicy,
                (key, value) -> Set.of(),
                Patience.endless(),
                Refresh.xfetch());
        ByteEntries entries = new ByteEntries(
                engine,
                stored,
                service.sources(),
                service.keys(),
                service.limits(),
                service.config().defaultTtl());
        service.watch(engine, entries::background);
        return new ByteService(service, entries);
    }

    /** The parts that a typed cache's builder collects besides the policy. */
    record Functions<K, V>(
            KeyCodec<K> keyCodec,
            Shapes<V> shapes,
            @Nullable Function<? super K, String> redisKey,
            Loaders<K, V> loaders,
            BiFunction<? super K, ? super V, Set<String>> tagsOf,
            Predicate<? super Throwable> allowsFallback,
            @Nullable Function<? super K, ? extends V> onError,
            @Nullable SourceWriter<? super K, ? super V> writer) {
        byte[] redisKey(K key, String cacheName, RedisKeys keys) {
            return redisKey == null
                    ? keys.cacheKey(cacheName, keyCodec.encode(key))
                    : keys.requireKey(redisKey.apply(key)).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A typed cache. */
    static <K, V> TypedCache<K, V> typed(
            String name, OpenService service, TypedPolicy policy, Functions<K, V> functions) {
        Encoding<V> encoding = new Encoding<>(name, functions.shapes().own(), service.limits());
        StatsRecorder stats = new StatsRecorder();
        Store<K, V> store = switch (policy.tiers()) {
            case LOCAL_ONLY -> {
                LocalTier tier = localTier(service, policy);
                yield local(
                        service,
                        tier,
                        tier.newMapForJudges(stats::evicted),
                        new TypedSizing<>(functions.keyCodec(), encoding),
                        policy.fallbackMillis(),
                        stats,
                        Epochs.local(service.seams().time(), service.seams().random()));
            }
            case REMOTE_ONLY -> remote(name, service, policy, functions, encoding, stats);
            case BOTH -> composite(service, policy, remote(name, service, policy, functions, encoding, stats), stats);
        };
        CacheEngine<K, V> engine = engine(
                name,
                service,
                store,
                stats,
                policy.onUnavailable(),
                loadPolicy(policy),
                functions.tagsOf(),
                policy.loadTimes().patience(functions.allowsFallback(), functions.onError()),
                policy.refresh());
        TypedEntries<K, V> entries = new TypedEntries<>(
                engine,
                policy,
                functions.keyCodec(),
                service.keys(),
                functions.loaders(),
                functions.tagsOf(),
                functions.writer());
        policy.slidingTtl()
                .ifPresent(idle -> engine.slidesBy(
                        new Sliding<>(idle.toMillis(), policy.ttl().toMillis())));
        service.watch(engine, key -> entries.background());
        return new TypedCache<>(entries);
    }

    private static LoadPolicy loadPolicy(TypedPolicy policy) {
        long maxStalenessNanos = policy.tiers() == Tiers.LOCAL_ONLY ? Long.MAX_VALUE : nanos(policy.maxStaleness());
        return policy.loadTimes().loadPolicy(policy.nullTtl(), maxStalenessNanos);
    }

    private static long nanos(Duration duration) {
        return TimeUnit.NANOSECONDS.convert(duration);
    }

    private static LocalTier localTier(OpenService service, TypedPolicy policy) {
        return policy.localMaxBytes().isPresent()
                ? service.newLocalTier(policy.localMaxBytes().getAsLong())
                : service.localTier();
    }

    private static <K, V> Store<K, V> local(
            OpenService service,
            LocalTier tier,
            LocalMap<K, V> map,
            LocalStore.Sizing<K, V> sizing,
            long fallbackMillis,
            StatsRecorder stats,
            @Nullable Epochs epochs) {
        return new LocalStore<>(
                tier,
                map,
                service.seams().time(),
                service.seams().random(),
                sizing,
                fallbackMillis,
                stats::refreshWasted,
                epochs);
    }

    private static <K, V> RemoteStore<K, V> remote(
            String name,
            OpenService service,
            TypedPolicy policy,
            Functions<K, V> functions,
            Encoding<V> encoding,
            StatsRecorder stats) {
        Epochs epochs = policy.format() == EntryFormat.RAW ? null : epochs(name, service, policy.maxStaleness());
        if (epochs != null) {
            service.remote(name).losses().concern(epochs);
        }
        if (policy.format() == EntryFormat.RAW && !service.config().zones().isEmpty()) {
            throw new CacheConfigException("cache '" + name + "' has format RAW, which has no place for the marks with"
                    + " which zones are kept alike, and zones is set: use format FRAMED, or a service with one Redis");
        }
        if (policy.format() == EntryFormat.RAW && service.cipher() != null) {
            throw new CacheConfigException("cache '" + name + "' has format RAW, which has no place for the number of"
                    + " a key, and encryptionKeysFile is set: use format FRAMED, or a service without encryption");
        }
        ValueCompressor compressor = service.compressor(name, policy.compression(), stats);
        Framing<V> framing = new Framing<>(
                functions.shapes(), policy.format(), false, maxPayload(service), epochs, service.cipher(), compressor);
        Retention retention =
                new Retention(policy.fallbackMillis(), loadPolicy(policy).leaseMillis());
        return new RemoteStore<>(
                service.remote(name),
                service.claims(),
                epochs,
                new Sealing<>(
                        key -> functions.redisKey(key, name, service.keys()),
                        encoding,
                        framing,
                        retention,
                        service.seams()),
                framing,
                policy.format() == EntryFormat.RAW ? null : service.dictionaries(name, compressor, stats),
                key -> policy.hasSource(),
                maxStored(service),
                service.seams());
    }

    /** The epochs of a cache in Redis. */
    static Epochs epochs(String name, OpenService service, Duration maxStaleness) {
        RemoteStore.Remote remote = service.remote(name);
        LongFunction<byte[]> redisKey = nameHash ->
                service.keys().ownKey("t:" + name + ":" + HexFormat.of().toHexDigits(nameHash));
        remote.journal().covers(redisKey.apply(Epochs.CLEAR));
        return Epochs.remote(
                remote.tier(),
                service.tokens(),
                redisKey,
                new Epochs.Owed(
                        remote.journal()::holds,
                        remote.journal()::add,
                        remote.journal()::addBeyond,
                        remote.losses()::accepted),
                service.seams().time(),
                service.seams().random(),
                nanos(maxStaleness));
    }

    private static <K, V> Store<K, V> composite(
            OpenService service, TypedPolicy policy, RemoteStore<K, V> remote, StatsRecorder stats) {
        LocalTier tier = localTier(service, policy);
        Copies<K, V> copies = copies(service, tier, stats, policy.maxStaleness());
        LocalOnlyWrites<K, V> localOnly = null;
        if (policy.writesWhileUnavailable() == WritesWhileUnavailable.LOCAL_ONLY) {
            localOnly = new LocalOnlyWrites<>(
                    tier.newMap(stats::evicted),
                    service.remote("").journal(),
                    service.seams().time());
            remote.keepsUntakenIn(localOnly);
        }
        return new CompositeStore<>(remote, copies, service.seams().time(), localOnly);
    }

    private static <K, V> Copies<K, V> copies(
            OpenService service, LocalTier tier, StatsRecorder stats, Duration maxStaleness) {
        long maxStalenessNanos = nanos(maxStaleness);
        service.remote("").tier().proveEvery(maxStalenessNanos);
        Copies<K, V> copies = new Copies<>(
                tier,
                tier.newMapForJudges(stats::evicted),
                service.tokens(),
                service.seams().time(),
                maxStalenessNanos);
        service.register(copies);
        return copies;
    }

    private static <K, V> CacheEngine<K, V> engine(
            String name,
            OpenService service,
            Store<K, V> store,
            StatsRecorder stats,
            OnUnavailable onUnavailable,
            LoadPolicy loadPolicy,
            BiFunction<? super K, ? super V, Set<String>> tagsOf,
            Patience<K, V> patience,
            Refresh refresh) {
        Seams seams = service.seams();
        CacheEngine<K, V> engine = new CacheEngine<>(
                name,
                store,
                stats,
                seams,
                service.lifecycle(),
                onUnavailable,
                loadPolicy,
                tagsOf,
                patience,
                new Refreshing(EarlyRefresh.of(refresh), refresh instanceof Refresh.None, seams.time(), seams.random()),
                service.bulkhead());
        service.register(engine);
        return engine;
    }

    private static int maxPayload(OpenService service) {
        return Math.toIntExact(service.config().maxValueBytes());
    }

    /** As it is in Redis. */
    private static int maxStored(OpenService service) {
        int overhead = service.cipher() == null ? 0 : ValueCipher.OVERHEAD_BYTES;
        return Math.addExact(maxPayload(service), overhead);
    }

    /** Bytes count as they are. */
    private record ByteSizing(Limits limits) implements LocalStore.Sizing<String, byte[]> {
        @Override
        public int bytes(String key, byte @Nullable [] value) {
            int valueBytes = value == null ? 0 : value.length;
            limits.requireValue(key, valueBytes);
            return LocalTier.ENTRY_OVERHEAD_BYTES + key.length() + valueBytes;
        }

        @Override
        public byte[] counterText(byte[] decimal) {
            return decimal;
        }
    }

    /** Typed values count what they are when encoded: the measure that needs no look into users' objects. */
    private record TypedSizing<K, V>(KeyCodec<K> keyCodec, Encoding<V> encoding) implements LocalStore.Sizing<K, V> {
        @Override
        public int bytes(K key, @Nullable V value) {
            byte[] encoded = encoding.encode(key, value);
            return LocalTier.ENTRY_OVERHEAD_BYTES
                    + keyCodec.encode(key).length()
                    + (encoded == null ? 0 : encoded.length);
        }

        @Override
        public V counterText(byte[] decimal) {
            throw new UnsupportedOperationException("typed caches have no counters");
        }
    }
}
