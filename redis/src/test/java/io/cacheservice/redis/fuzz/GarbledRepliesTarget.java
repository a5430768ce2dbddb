package io.cacheservice.redis.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheException;
import io.cacheservice.CacheService;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.fuzz.Corpus;
import io.cacheservice.testkit.fuzz.Demand;
import io.cacheservice.testkit.fuzz.FuzzInput;
import io.cacheservice.testkit.fuzz.FuzzTarget;
import io.cacheservice.testkit.fuzz.ScratchFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Services whose Redis is a real one behind a proxy that changes a reply of each input. Whoever has a source gets the value of
 * his key and no error, others get an answer or a {@link CacheException}; and when the link is sound again, so is the service.
 *
 * <p>Values are encrypted, so that a reply in the place of another is none; without encryption nothing binds an entry to its
 * key, and a driver that is given the wrong reply has the wrong value.
 */
public final class GarbledRepliesTarget implements FuzzTarget {
    private static final int SITES = 8;
    private static final int INSPECTION = 4;
    private static final int MOST_TRIES = 3;
    private static final int INPUTS_TO_RECOVERY = 2_000;
    private static final long RECOVERY_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Corpus words = Corpus.ofTexts(
            List.of("+OK\r\n"),
            List.of(
                    "\r\n",
                    "$5\r\n12345\r\n",
                    ":0\r\n",
                    ":-3\r\n",
                    ":-5\r\n",
                    ":9223372036854775807\r\n",
                    "_\r\n",
                    "$-1\r\n",
                    "*0\r\n",
                    "*-1\r\n",
                    "*1\r\n",
                    "%1\r\n",
                    ">2\r\n$10\r\ninvalidate\r\n_\r\n",
                    ">2\r\n$10\r\ninvalidate\r\n*1\r\n:1\r\n",
                    ">2\r\n$10\r\ninvalidate\r\n*1\r\n$3\r\nabc\r\n",
                    "-ERR broken\r\n",
                    "-LOADING Redis is loading the dataset in memory\r\n",
                    "-MOVED 1 127.0.0.1:1\r\n",
                    "-NOAUTH Authentication required.\r\n",
                    "-NOSCRIPT No matching script.\r\n",
                    "-OOM command not allowed\r\n",
                    "#t\r\n",
                    ",1.5\r\n"));
    private final Object opening = new Object();
    private @Nullable RedisServer redis;
    private @Nullable Path keysFile;
    private @Nullable ScratchFile scratch;
    private final BlockingQueue<Site> free = new LinkedBlockingQueue<>();
    private final List<Site> all = new ArrayList<>();

    @Override
    public String name() {
        return "lanes";
    }

    @Override
    public int share() {
        return 35;
    }

    @Override
    public int atOnce() {
        return SITES;
    }

    /** The thread that takes an input starts servers and services too; what bounds those is the heap. */
    @Override
    public long mostAllocatedBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public int inputsInSuite() {
        return 3_000;
    }

    @Override
    public boolean take(FuzzInput input) throws IOException, InterruptedException {
        Site site = site();
        try {
            return site.take(input);
        } finally {
            free.add(site);
        }
    }

    private Site site() throws IOException, InterruptedException {
        synchronized (opening) {
            if (redis == null) {
                redis = RedisServer.start();
                scratch = new ScratchFile("keys");
                keysFile = scratch.with("1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n".getBytes(UTF_8));
            }
            if (free.isEmpty() && all.size() < SITES) {
                Site site = new Site(redis.port(), "fuzz" + all.size() + ":", keysFile);
                all.add(site);
                return site;
            }
        }
        return free.take();
    }

    @Override
    public void close() throws IOException {
        try {
            all.forEach(Site::requireRecovery);
        } finally {
            all.forEach(Site::close);
            if (redis != null) {
                redis.close();
            }
            if (scratch != null) {
                scratch.close();
            }
        }
    }

    /** A service, its link, and which reply is changed next. */
    private final class Site {
        private final FaultProxy proxy;
        private final CacheService service;
        private final Cache<String, String> cache;
        private final AtomicReference<@Nullable FuzzInput> next = new AtomicReference<>();
        private int inputs;

        Site(int port, String prefix, @Nullable Path keysFile) {
            proxy = FaultProxy.to(port);
            service = CacheService.open(CacheConfig.builder()
                    .url(proxy.url())
                    .topology("standalone")
                    .keyPrefix(prefix)
                    .encryptionKeysFile(String.valueOf(keysFile))
                    .readTimeout(Duration.ofMillis(200))
                    .writeTimeout(Duration.ofMillis(200))
                    .connectTimeout(Duration.ofMillis(500))
                    .breakerPause(Duration.ZERO)
                    .maxStaleness(all.size() % 2 == 0 ? Duration.ZERO : Duration.ofSeconds(1))
                    .build());
            cache = service.cache("values", String.class)
                    .ttl(Duration.ofMinutes(10))
                    .loader(GarbledRepliesTarget::value)
                    .open();
            garble();
        }

        private void garble() {
            proxy.garble(Direction.TO_CLIENT, bytes -> {
                FuzzInput input = next.getAndSet(null);
                return input == null ? bytes : input.mutated(bytes, words);
            });
        }

        boolean take(FuzzInput input) {
            String key = "k" + input.random().nextInt(1_000);
            int operation = input.random().nextInt(12);
            next.set(input);
            boolean answered = read(operation, key);
            // a local hit asks nobody
            for (int i = 0; i < MOST_TRIES && next.get() != null; i++) {
                read(INSPECTION, key);
            }
            if (++inputs % INPUTS_TO_RECOVERY == 0) {
                requireRecovery();
                garble();
            }
            return answered;
        }

        private boolean read(int operation, String key) {
            try {
                switch (operation) {
                    case 0 -> service.set(key, key.getBytes(UTF_8));
                    case 1 -> service.lookup(key);
                    case 2 -> service.delete(key);
                    case 3 -> service.increment("n" + key, 1, Duration.ofMinutes(1));
                    case INSPECTION -> service.stored().inspect(key);
                    case 5 -> service.stored().keys("", null);
                    case 6 -> cache.invalidate(key);
                    case 7 -> cache.put(key, value(key));
                    default -> {
                        Demand.that(value(key).equals(cache.get(key)), "the value of the key, from wherever");
                        return true;
                    }
                }
                return true;
            } catch (CacheException refused) {
                Demand.that(
                        !String.valueOf(refused.getMessage()).contains("no bytes can explain"),
                        "an error that names its cause: " + refused);
                return false;
            }
        }

        /** The link is sound: reads come from Redis again, and what was written is read. */
        void requireRecovery() {
            next.set(null);
            proxy.heal();
            long end = System.nanoTime() + RECOVERY_NANOS;
            CacheException last = null;
            while (System.nanoTime() - end < 0) {
                try {
                    service.set("recovered", new byte[] {1});
                    if (service.get("recovered") != null) {
                        return;
                    }
                } catch (CacheException notYet) {
                    last = notYet;
                }
            }
            throw new AssertionError("the service did not recover", last);
        }

        void close() {
            service.close();
            proxy.close();
        }
    }

    private static String value(String key) {
        return "the value of " + key;
    }
}
