package io.cacheservice.internal.engine;

import io.cacheservice.AsyncBulkLoader;
import io.cacheservice.AsyncLoader;
import io.cacheservice.BulkLoader;
import io.cacheservice.Cache;
import io.cacheservice.CacheBuilder;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.Compression;
import io.cacheservice.ContextLoader;
import io.cacheservice.EntryFormat;
import io.cacheservice.KeyCodec;
import io.cacheservice.Loader;
import io.cacheservice.OnUnavailable;
import io.cacheservice.Refresh;
import io.cacheservice.SourceWriter;
import io.cacheservice.Tiers;
import io.cacheservice.TypeRef;
import io.cacheservice.Writes;
import io.cacheservice.WritesWhileUnavailable;
import io.cacheservice.internal.engine.TypedPolicy.LoadTimes;
import io.cacheservice.internal.entry.Codecs;
import io.cacheservice.internal.entry.RedisKeys;
import io.cacheservice.internal.entry.Shapes;
import io.cacheservice.internal.refresh.EarlyRefresh;
import io.cacheservice.spi.ValueCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Collects the policy of a typed cache and opens it. */
final class PolicyBuilder<K, V> implements CacheBuilder<K, V> {
    private static final int MOST_LOADS = 10_000;

    private static final Duration LONGEST_LOAD = Duration.ofHours(1);
    private static final Set<KeyCodec<?>> STANDARD_KEYS =
            Set.of(KeyCodec.string(), KeyCodec.longs(), KeyCodec.ints(), KeyCodec.uuid());

    private final OpenService service;
    private final String name;
    private final KeyCodec<K> keyCodec;
    private final TypeRef<V> type;
    private Duration ttl;
    private Optional<Duration> nullTtl = Optional.empty();
    private Optional<Duration> slidingTtl = Optional.empty();
    private boolean isTtlSet;
    private Tiers tiers;
    private Duration maxStaleness;
    private OptionalLong localMaxBytes = OptionalLong.empty();
    private EntryFormat format = EntryFormat.FRAMED;
    private OnUnavailable onUnavailable = OnUnavailable.FAIL;
    private WritesWhileUnavailable writesWhileUnavailable = WritesWhileUnavailable.FAIL;
    private boolean loadOnCaller;
    private boolean loadedByCallers;
    private Optional<Refresh> refresh = Optional.empty();
    private Optional<Compression> compression = Optional.empty();
    private LoadTimes loadTimes = LoadTimes.DEFAULTS;
    private Loaders.@Nullable One<K, V> one;
    private Loaders.@Nullable Many<K, V> many;
    private @Nullable BiFunction<? super K, ? super V, Set<String>> tagsOf;
    private @Nullable SourceWriter<? super K, ? super V> writer;
    private Writes writes = Writes.through();
    private Predicate<? super Throwable> allowsFallback = failure -> true;
    private @Nullable Function<? super K, ? extends V> onError;
    private @Nullable Function<? super K, String> redisKey;
    private @Nullable ValueCodec<V> codec;
    private OptionalInt schema = OptionalInt.empty();
    private final Map<Integer, Shapes.Other<?, V>> otherShapes = new HashMap<>();

    PolicyBuilder(OpenService service, String name, KeyCodec<K> keyCodec, TypeRef<V> type) {
        service.lifecycle().requireOpen();
        this.service = service;
        this.name = RedisKeys.requireCacheName(name);
        this.keyCodec = Objects.requireNonNull(keyCodec, "keys");
        this.type = Objects.requireNonNull(type, "type");
        this.ttl = service.config().defaultTtl();
        this.tiers = service.defaultTiers();
        this.maxStaleness = service.config().maxStaleness();
    }

    @Override
    public CacheBuilder<K, V> ttl(Duration ttl) {
        this.ttl = Duration.ofMillis(Limits.requireTtlMillis(ttl));
        this.isTtlSet = true;
        return this;
    }

    @Override
    public CacheBuilder<K, V> failSafe(Duration window) {
        this.loadTimes = loadTimes.withFailSafe(Duration.ofMillis(Limits.requireTtlMillis(window)));
        return this;
    }

    @Override
    public CacheBuilder<K, V> failSafeOn(Predicate<? super Throwable> failures) {
        this.allowsFallback = Objects.requireNonNull(failures, "failures");
        return this;
    }

    @Override
    public CacheBuilder<K, V> onError(Function<? super K, ? extends V> value) {
        this.onError = Objects.requireNonNull(value, "value");
        return this;
    }

    @Override
    public CacheBuilder<K, V> softTimeout(Duration timeout) {
        this.loadTimes = loadTimes.withSoft(requireNotNegative("softTimeout", timeout));
        return this;
    }

    @Override
    public CacheBuilder<K, V> hardTimeout(Duration timeout) {
        this.loadTimes = loadTimes.withHard(requireTimeout("hardTimeout", timeout));
        return this;
    }

    @Override
    public CacheBuilder<K, V> loadTimeout(Duration timeout) {
        this.loadTimes = loadTimes.withLoad(requireTimeout("loadTimeout", timeout));
        return this;
    }

    @Override
    public CacheBuilder<K, V> maxLoads(int atOnce) {
        if (atOnce < 1 || atOnce > MOST_LOADS) {
            throw new CacheConfigException("cache '" + name + "': maxLoads " + atOnce + " is refused: expected 1 to "
                    + MOST_LOADS + " loads at once");
        }
        this.loadTimes = loadTimes.withMost(atOnce);
        return this;
    }

    @Override
    public CacheBuilder<K, V> errorTtl(Duration ttl) {
        this.loadTimes = loadTimes.withError(requireNotNegative("errorTtl", ttl));
        return this;
    }

    private Duration requireTimeout(String setting, Duration timeout) {
        if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(LONGEST_LOAD) > 0) {
            throw new CacheConfigException(
                    "cache '" + name + "': " + setting + " " + timeout + " is refused: expected 1 ms to 1 hour");
        }
        return timeout;
    }

    private Duration requireNotNegative(String setting, Duration duration) {
        if (duration.isNegative() || duration.compareTo(LONGEST_LOAD) > 0) {
            throw new CacheConfigException(
                    "cache '" + name + "': " + setting + " " + duration + " is refused: expected 0 to 1 hour");
        }
        return duration;
    }

    @Override
    public CacheBuilder<K, V> nullTtl(Duration ttl) {
        this.nullTtl = Optional.of(Duration.ofMillis(Limits.requireTtlMillis(ttl)));
        return this;
    }

    @Override
    public CacheBuilder<K, V> slidingTtl(Duration ttl) {
        this.slidingTtl = Optional.of(Duration.ofMillis(Limits.requireTtlMillis(ttl)));
        return this;
    }

    @Override
    public CacheBuilder<K, V> loader(Loader<? super K, ? extends V> loader) {
        this.one = Loaders.of(loader);
        return this;
    }

    @Override
    public CacheBuilder<K, V> loader(ContextLoader<? super K, V> loader) {
        this.one = Loaders.ofContext(loader);
        return this;
    }

    @Override
    public CacheBuilder<K, V> asyncLoader(AsyncLoader<? super K, V> loader) {
        this.one = Loaders.ofAsync(loader);
        return this;
    }

    @Override
    public CacheBuilder<K, V> bulkLoader(BulkLoader<K, V> loader) {
        this.many = Loaders.ofBulk(loader);
        return this;
    }

    @Override
    public CacheBuilder<K, V> asyncBulkLoader(AsyncBulkLoader<K, V> loader) {
        this.many = Loaders.ofAsyncBulk(loader);
        return this;
    }

    @Override
    public CacheBuilder<K, V> writer(SourceWriter<? super K, ? super V> writer, Writes writes) {
        this.writer = Objects.requireNonNull(writer, "writer");
        this.writes = Objects.requireNonNull(writes, "writes");
        return this;
    }

    @Override
    public CacheBuilder<K, V> tags(BiFunction<? super K, ? super V, Set<String>> tags) {
        this.tagsOf = Objects.requireNonNull(tags, "tags");
        return this;
    }

    @Override
    public CacheBuilder<K, V> refresh(Refresh refresh) {
        this.refresh = Optional.of(refresh);
        return this;
    }

    @Override
    public CacheBuilder<K, V> maxStaleness(Duration bound) {
        if (bound.isNegative()) {
            throw new CacheConfigException("cache '" + name + "': maxStaleness " + bound
                    + " is refused: expected zero, which asks Redis each time, or more");
        }
        this.maxStaleness = bound;
        return this;
    }

    @Override
    public CacheBuilder<K, V> tiers(Tiers tiers) {
        if (tiers != Tiers.LOCAL_ONLY) {
            service.remote(name);
        }
        this.tiers = tiers;
        return this;
    }

    @Override
    public CacheBuilder<K, V> localMaxMemory(long bytes) {
        if (bytes <= 0) {
            throw new CacheConfigException("cache '" + name + "': localMaxMemory " + bytes
                    + " is refused: expected a number of bytes above zero");
        }
        this.localMaxBytes = OptionalLong.of(bytes);
        return this;
    }

    @Override
    public CacheBuilder<K, V> onUnavailable(OnUnavailable choice) {
        this.onUnavailable = Objects.requireNonNull(choice, "choice");
        return this;
    }

    @Override
    public CacheBuilder<K, V> writesWhileUnavailable(WritesWhileUnavailable choice) {
        this.writesWhileUnavailable = Objects.requireNonNull(choice, "choice");
        return this;
    }

    @Override
    public CacheBuilder<K, V> redisKey(Function<? super K, String> key) {
        this.redisKey = Objects.requireNonNull(key, "key");
        return this;
    }

    @Override
    public CacheBuilder<K, V> format(EntryFormat format) {
        this.format = Objects.requireNonNull(format, "format");
        return this;
    }

    @Override
    public CacheBuilder<K, V> compression(Compression choice) {
        this.compression = Optional.of(choice);
        return this;
    }

    @Override
    public CacheBuilder<K, V> codec(ValueCodec<V> codec) {
        this.codec = Codecs.requireUsable(codec);
        return this;
    }

    @Override
    public CacheBuilder<K, V> schema(int schema) {
        if (schema < 0) {
            throw new CacheConfigException(
                    "cache '" + name + "': schema " + schema + " is refused: expected 0 to 2147483647");
        }
        this.schema = OptionalInt.of(schema);
        return this;
    }

    @Override
    public <O> CacheBuilder<K, V> migrate(int schema, Class<O> type, Function<? super O, ? extends V> migration) {
        return migrate(schema, Codecs.find(TypeRef.of(type)), migration);
    }

    @Override
    public <O> CacheBuilder<K, V> migrate(int schema, ValueCodec<O> codec, Function<? super O, ? extends V> migration) {
        Shapes.Other<O, V> shape =
                new Shapes.Other<>(Codecs.requireUsable(codec), Objects.requireNonNull(migration, "migration"));
        if (schema < 0 || otherShapes.putIfAbsent(schema, shape) != null) {
            throw new CacheConfigException("cache '" + name + "': a migration of schema " + schema + " is refused: "
                    + (schema < 0 ? "expected 0 to 2147483647" : "there is one already"));
        }
        return this;
    }

    @Override
    public CacheBuilder<K, V> loadOnCaller() {
        this.loadOnCaller = true;
        return this;
    }

    @Override
    public CacheBuilder<K, V> loadedByCallers() {
        this.loadedByCallers = true;
        return this;
    }

    @Override
    public Cache<K, V> open() {
        if (format == EntryFormat.RAW && nullTtl.isPresent()) {
            throw new CacheConfigException(
                    "cache '" + name + "': nullTtl needs format FRAMED, because RAW has no bytes that"
                            + " mean \"the source has none\"");
        }
        if (format == EntryFormat.RAW && slidingTtl.isPresent()) {
            throw new CacheConfigException("cache '" + name
                    + "': slidingTtl needs format FRAMED, because RAW has no place" + " for the age of an entry");
        }
        if (format == EntryFormat.RAW && tagsOf != null) {
            throw new CacheConfigException(
                    "cache '" + name + "': tags need format FRAMED, because RAW has no place for" + " them");
        }
        Tiers wanted = tiersWanted();
        if (localMaxBytes.isPresent() && wanted == Tiers.REMOTE_ONLY) {
            throw new CacheConfigException(
                    "cache '" + name + "': localMaxMemory is refused: the cache keeps nothing in this"
                            + " process, since its tiers are REMOTE_ONLY or its maxStaleness is zero");
        }
        if (writesWhileUnavailable == WritesWhileUnavailable.LOCAL_ONLY) {
            requireLocalWrites(wanted);
        }
        ValueCodec<V> valueCodec = codecWanted();
        TypedPolicy policy = new TypedPolicy(
                STANDARD_KEYS.contains(keyCodec) ? Optional.of(keyCodec) : Optional.empty(),
                type,
                valueCodec.id(),
                valueCodec.schema(),
                Set.copyOf(otherShapes.keySet()),
                slidingTtl.isPresent() && !isTtlSet ? Limits.LONGEST_TTL : ttl,
                slidingTtl,
                nullTtl,
                wanted,
                maxStaleness,
                localMaxBytes,
                format,
                onUnavailable,
                writesWhileUnavailable,
                redisKey != null,
                one != null,
                many != null,
                loadOnCaller,
                loadedByCallers,
                tagsOf != null,
                writer != null,
                writes,
                refreshWanted(),
                compressionWanted(),
                loadTimes);
        Opening.Functions<K, V> functions = new Opening.Functions<>(
                keyCodec,
                new Shapes<>(valueCodec, otherShapes),
                redisKey,
                new Loaders<>(one, many),
                tagsOf == null ? (key, value) -> Set.of() : tagsOf,
                allowsFallback,
                onError,
                writer);
        return service.open(name, policy, () -> Opening.typed(name, service, policy, functions));
    }

    private void requireLocalWrites(Tiers wanted) {
        String needs = null;
        if (wanted != Tiers.BOTH) {
            needs = "Redis and a local tier in front of it, and its tiers are " + wanted;
        } else if (one == null && many == null && !loadedByCallers) {
            needs = "a source, from which others and later readers have the value: a loader, or loadedByCallers";
        } else if (writer != null) {
            needs = "that nothing but the cache is written, and it has a writer, which is asked though Redis is away";
        }
        if (needs != null) {
            throw new CacheConfigException(
                    "cache '" + name + "': writesWhileUnavailable LOCAL_ONLY is refused: it needs " + needs);
        }
    }

    private ValueCodec<V> codecWanted() {
        ValueCodec<V> found = codec == null ? Codecs.find(type) : codec;
        if (format == EntryFormat.RAW && (schema.isPresent() || !otherShapes.isEmpty())) {
            throw new CacheConfigException("cache '" + name
                    + "': schema and migrate need format FRAMED, because RAW has no place for a schema");
        }
        ValueCodec<V> wanted = schema.isPresent() ? Codecs.withSchema(found, schema.getAsInt()) : found;
        if (otherShapes.containsKey(wanted.schema())) {
            throw new CacheConfigException("cache '" + name + "': a migration of schema " + wanted.schema()
                    + " is refused: it is the cache's own. Raise schema, or remove the migration");
        }
        return wanted;
    }

    /** Without a loader nobody could be asked. */
    private Refresh refreshWanted() {
        CacheConfig config = service.config();
        return EarlyRefresh.settled(refresh.orElse(Refresh.xfetch()), config.ttlThreshold(), config.refreshProb());
    }

    /** In format RAW nothing can say that a value is compressed. */
    private Compression compressionWanted() {
        if (format == EntryFormat.RAW) {
            if (compression.isPresent() && compression.get() != Compression.NONE) {
                throw new CacheConfigException(
                        "cache '" + name + "': compression needs format FRAMED, because RAW has no"
                                + " place that says how a value is compressed");
            }
            return Compression.NONE;
        }
        return compression.orElseGet(() -> Compression.named(service.config().compression()));
    }

    /** Nothing is kept in front of Redis where it must be asked each time. */
    private Tiers tiersWanted() {
        if (tiers != Tiers.BOTH) {
            return tiers;
        }
        if (maxStaleness.isZero()) {
            return Tiers.REMOTE_ONLY;
        }
        if (service.config().maxStaleness().isZero()) {
            throw new CacheConfigException("cache '" + name + "': maxStaleness " + maxStaleness
                    + " is refused: the service was opened with maxStaleness none, so its connections do not listen for"
                    + " changes. Set maxStaleness in the configuration");
        }
        return Tiers.BOTH;
    }
}
