package io.cacheservice.server.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.CacheStats;
import io.cacheservice.ConnectionStats;
import io.cacheservice.Refresh;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One of the processes of the demo, in a JVM of its own: opens a service and a cache as any program would, reads through it, and
 * says every quarter of a second what it has counted. It ends when its standard input says or comes to an end, as it does when
 * the demo itself is gone, however that came.
 */
final class DemoProcess {
    /** What it says first, when it could reach everything. */
    static final String READY = "ready";

    /** What it is told when it is to begin. */
    static final String GO = "go";

    private static final long REPORT_MILLIS = 250;
    private static final int WARM_UP_READS = 200;

    private DemoProcess() {}

    /** Reads one {@link ProcessSetup}, then {@value #GO}, from standard input; prints one {@link Report} on each line. */
    public static void main(String[] args) throws Exception {
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        String setup = told.readLine();
        if (setup == null) {
            return;
        }
        ProcessSetup read = JsonMapper.shared().readValue(setup, ProcessSetup.class);
        CacheConfig.Builder config = CacheConfig.builder().readTimeout(Duration.ofMillis(read.readTimeoutMillis()));
        if (read.redisUrl() != null) {
            config.url(read.redisUrl());
        }
        try (CityTable table = new CityTable(read.databaseUrl(), read.databaseUser(), read.databasePassword());
                CacheService service = CacheService.open(config.build())) {
            Cache<String, City> cities = cities(service, table);
            warmUp(cities);
            System.out.println(READY);
            if (GO.equals(told.readLine())) {
                try (Simulated simulated = read.simulated() ? new Simulated(service, cities, read.keys()) : null) {
                    run(cities, service, read, told, simulated);
                }
            }
        }
        // whatever a reader may still be waiting for
        System.exit(0);
    }

    /** The cache as a user would write it. */
    private static Cache<String, City> cities(CacheService service, CityTable table) {
        return service.cache("cities", City.class)
                .ttl(Duration.ofSeconds(10))
                .failSafe(Duration.ofMinutes(10))
                .refresh(Refresh.eager(0.8))
                .maxStaleness(Duration.ofSeconds(1))
                .loader(id -> table.find(Integer.parseInt(id)))
                .open();
    }

    /** The first calls in the life of a JVM take longest, and say nothing of the cache. */
    private static void warmUp(Cache<String, City> cities) {
        for (int i = 1; i <= WARM_UP_READS; i++) {
            cities.get(Integer.toString(i));
        }
    }

    private static void run(
            Cache<String, City> cities,
            CacheService service,
            ProcessSetup setup,
            BufferedReader told,
            @Nullable Simulated simulated)
            throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Thread listener = new Thread(() -> awaitEnd(told, stopped, simulated), "listener");
        listener.setDaemon(true);
        listener.start();
        Readers readers = new Readers(cities, setup.keys(), setup.rate());
        Report before = report(readers, service, simulated);
        readers.start();
        do {
            print(report(readers, service, simulated).since(before));
        } while (!stopped.await(REPORT_MILLIS, TimeUnit.MILLISECONDS));
        readers.stop();
        print(report(readers, service, simulated).since(before));
    }

    private static void awaitEnd(BufferedReader told, CountDownLatch stopped, @Nullable Simulated simulated) {
        try {
            String line = told.readLine();
            while (line != null && simulated != null && simulated.isTold(line)) {
                line = told.readLine();
            }
            if (line == null) {
                // nobody is there to be told anything
                Runtime.getRuntime().halt(1);
            }
            stopped.countDown();
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static void print(Report report) {
        System.out.println(JsonMapper.shared().writeValueAsString(report));
    }

    private static Report report(Readers readers, CacheService service, @Nullable Simulated simulated) {
        CacheStats stats = service.stats();
        Map<Count, Long> counts = readers.counts();
        counts.put(Count.QUERIES, stats.loadSuccesses() + stats.loadFailures());
        counts.put(Count.QUERIES_FAILED, stats.loadFailures());
        counts.put(Count.REFRESHES, stats.loads().refreshes() - stats.loads().refreshesLeft());
        counts.put(Count.JOINED, stats.loads().joined());
        counts.put(Count.LEASES_GRANTED, stats.loads().leasesGranted());
        counts.put(Count.LEASES_HELD, stats.loads().leasesHeld());
        counts.put(Count.ERRORS, stats.errorCount());
        return new Report(counts, readers.latencies(), standing(readers, stats, simulated));
    }

    private static Standing standing(Readers readers, CacheStats stats, @Nullable Simulated simulated) {
        return new Standing(
                readers.waiting(),
                stats.connections().size(),
                count(stats, ConnectionStats.State.READY),
                count(stats, ConnectionStats.State.TRIPPED),
                stats.journaled(),
                simulated == null ? Standing.NOT_ANSWERED : simulated.answeredSinceMillis(),
                simulated == null ? 0 : simulated.rests(),
                readers.error());
    }

    private static int count(CacheStats stats, ConnectionStats.State state) {
        return (int) stats.connections().stream()
                .filter(each -> each.state() == state)
                .count();
    }
}
