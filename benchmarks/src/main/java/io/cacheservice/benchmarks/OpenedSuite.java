package io.cacheservice.benchmarks;

import io.cacheservice.CacheService;
import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.Environment;
import io.cacheservice.benchmarks.harness.Slice;
import io.cacheservice.testkit.RedisServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What suites have in common: the cases, what was opened for them, and what is on record of it. A suite opens its subjects in its
 * constructor, within {@link #opening}, so that all is closed again should one of them fail.
 */
abstract class OpenedSuite implements Suite {
    static final String LOOPBACK = "127.0.0.1";

    final Selection selection;
    /** What must be closed, in the order in which it was opened. */
    final List<AutoCloseable> open = new ArrayList<>();
    /** Processes that are part of the measurement, besides this one. */
    final Set<Long> processes = new LinkedHashSet<>();

    private final List<BenchmarkCase> cases = new ArrayList<>();
    private final Map<String, String> versions = new LinkedHashMap<>();

    OpenedSuite(Selection selection) {
        this.selection = selection;
    }

    /** Runs {@code subjects}, and closes what it had opened if it fails. */
    final void opening(Runnable subjects) {
        try {
            subjects.run();
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** A Redis of the suite's own, on loopback. */
    final RedisServer startRedis() {
        RedisServer server = RedisServer.start();
        open.add(server);
        own(server);
        return server;
    }

    /** Counts {@code server} as part of the measurement. */
    final void own(RedisServer server) {
        processes.add(server.pid());
        versions.put(server.engine() + "-server", server.version());
        library("cache-service", CacheService.class);
    }

    /** Records the version of the library that {@code type} belongs to. */
    final void library(String name, Class<?> type) {
        versions.put(name, Environment.versionOf(type));
    }

    /** Adds a case, unless nothing of it was selected. */
    final void add(String name, List<String> baselines, Map<String, Slice> subjects) {
        if (!subjects.isEmpty()) {
            cases.add(new BenchmarkCase(name, baselines, subjects));
        }
    }

    @Override
    public final List<BenchmarkCase> cases() {
        return List.copyOf(cases);
    }

    @Override
    public final Map<String, String> versions() {
        return Collections.unmodifiableMap(versions);
    }

    @Override
    public final Set<Long> ownProcesses() {
        return Set.copyOf(processes);
    }

    @Override
    public final void close() {
        Resources.close(open);
    }
}
