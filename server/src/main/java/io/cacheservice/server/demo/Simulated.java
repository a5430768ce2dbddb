package io.cacheservice.server.demo;

import io.cacheservice.Cache;
import io.cacheservice.CacheException;
import io.cacheservice.CacheService;
import io.cacheservice.Tier;
import io.cacheservice.Tiers;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a process does besides reading while faults are simulated: one thread invalidates cities as if they had changed, one looks
 * whether Redis answers. At rest, nothing is invalidated: a source that is away changes nothing either.
 */
final class Simulated implements AutoCloseable {
    /** What it is told when it is to rest, after everything was read once more. */
    static final String REST = "rest";

    /** What it is told when it is to go on. */
    static final String GO_ON = "go on";

    private static final long BETWEEN_CHANGES_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String OWN = Long.toString(ProcessHandle.current().pid());

    private final Cache<String, City> cities;
    private final Cache<String, String> watch;
    private final int keys;
    private volatile long answeredSinceMillis = Standing.NOT_ANSWERED;
    private volatile boolean resting;
    private volatile int askedToRest;
    private volatile int rests;
    private volatile boolean closed;

    Simulated(CacheService service, Cache<String, City> cities, int keys) {
        this.cities = cities;
        this.keys = keys;
        // nothing here is loaded: loads are those of cities
        watch = service.cache("watch", String.class)
                .ttl(Duration.ofMinutes(10))
                .tiers(Tiers.REMOTE_ONLY)
                .open();
        start("changes", this::change);
        start("watch", this::look);
    }

    /** Whether {@code line} was for it. */
    boolean isTold(String line) {
        switch (line) {
            case REST -> {
                resting = true;
                askedToRest = rests + 1;
            }
            case GO_ON -> resting = false;
            default -> {
                return false;
            }
        }
        return true;
    }

    /** How often it has come to rest. */
    int rests() {
        return rests;
    }

    long answeredSinceMillis() {
        return answeredSinceMillis;
    }

    @Override
    public void close() {
        closed = true;
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void change() {
        SplittableRandom dice = new SplittableRandom();
        while (!closed) {
            LockSupport.parkNanos(BETWEEN_CHANGES_NANOS);
            try {
                if (!resting) {
                    cities.invalidate(Readers.city(dice.nextInt(keys)));
                } else if (rests < askedToRest) {
                    for (int rank = 0; rank < keys; rank++) {
                        cities.get(Readers.city(rank));
                    }
                    rests = askedToRest;
                }
            } catch (CacheException e) {
                // an invalidation that nobody can take, or a source that is away: tried again
            }
        }
    }

    private void look() {
        while (!closed) {
            if (!isAnswered()) {
                answeredSinceMillis = Standing.NOT_ANSWERED;
            } else if (answeredSinceMillis == Standing.NOT_ANSWERED) {
                answeredSinceMillis = System.currentTimeMillis();
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    private boolean isAnswered() {
        try {
            if (watch.lookup(OWN).tier() == Tier.REMOTE) {
                return true;
            }
            watch.put(OWN, OWN);
            return watch.lookup(OWN).tier() == Tier.REMOTE;
        } catch (CacheException e) {
            return false;
        }
    }
}
