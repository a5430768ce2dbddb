package io.cacheservice.server.demo;

import io.cacheservice.CacheConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Everything that the demo has started: the source, Redis where there is one, and the processes. For one thread. */
final class Stage implements AutoCloseable {
    private static final int PROCESSES = 2;
    private static final int USUAL_READ_TIMEOUT_MILLIS =
            (int) CacheConfig.builder().build().readTimeout().toMillis();

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final List<ServiceProcess> processes = new ArrayList<>();
    private final CityDatabase database;
    private final @Nullable DemoRedis redis;
    private final @Nullable Links links;
    private long queriesBefore;

    /**
     * Starts them all, and tells {@code say} what it starts.
     *
     * @throws DemoFailure when one of them does not start
     */
    Stage(DemoOptions options, Consumer<String> say) throws Exception {
        this(options.keys(), options.rate(), options.redisServer(), null, say);
    }

    /**
     * As the other, for a simulation: the processes reach the source and Redis through links that can be broken.
     *
     * @throws DemoFailure when one of them does not start, or there is no Redis
     */
    Stage(SimulationOptions options, Consumer<String> say) throws Exception {
        this(options.keys(), options.rate(), options.redisServer(), options, say);
    }

    private Stage(
            int keys,
            int rate,
            Optional<Path> redisServer,
            @Nullable SimulationOptions simulation,
            Consumer<String> say)
            throws Exception {
        try {
            Path folder = begun(new DemoFolder()).path();
            List<CityFile.Row> cities = CityFile.rows();
            say.accept("Source     H2 with " + Figures.count(cities.size()) + " cities of GeoNames");
            database = begun(new CityDatabase(cities));
            Optional<RedisProgram> program = RedisProgram.find(redisServer, folder);
            redis = program.isPresent() ? begun(new DemoRedis(program.get(), folder)) : null;
            say.accept(
                    redis == null
                            ? "Redis      none: no bundled one runs here and none is installed, so each process has its local"
                                    + " tier only; --redis-server names one"
                            : "Redis      " + redis.name());
            links = simulation != null
                    ? begun(new Links(database.port(), requireRedis(redis).port()))
                    : null;
            for (int i = 0; i < PROCESSES; i++) {
                ProcessSetup setup = new ProcessSetup(
                        database.url(
                                links == null ? database.port() : links.source().port()),
                        database.user(),
                        database.password(),
                        redis == null
                                ? null
                                : redis.url(
                                        links == null
                                                ? redis.port()
                                                : links.redis().port()),
                        keys,
                        rate / PROCESSES,
                        simulation != null,
                        simulation == null ? USUAL_READ_TIMEOUT_MILLIS : simulation.readTimeoutMillis());
                processes.add(begun(new ServiceProcess(setup, folder.resolve("process-" + i + ".log"))));
            }
            for (ServiceProcess each : processes) {
                each.awaitReady();
            }
            say.accept(
                    "Processes  " + processes.stream().map(ServiceProcess::pid).toList());
        } catch (Exception e) {
            closeAfter(e);
            throw e;
        }
    }

    boolean hasRedis() {
        return redis != null;
    }

    /** The Redis of a simulation. */
    DemoRedis redis() {
        return requireRedis(redis);
    }

    /** The links of a simulation. */
    Links links() {
        if (links == null) {
            throw new IllegalStateException("only a simulation has links that can be broken");
        }
        return links;
    }

    private static DemoRedis requireRedis(@Nullable DemoRedis redis) {
        if (redis == null) {
            throw new DemoFailure(
                    "a simulation needs a Redis: no bundled one runs here and none is installed; --redis-server names one",
                    null);
        }
        return redis;
    }

    /** Lets nothing be invalidated, as soon as each process has read everything once. */
    void rest() throws IOException {
        for (ServiceProcess each : processes) {
            each.rest();
        }
    }

    /** Ends {@link #rest}. */
    void goOn() throws IOException {
        for (ServiceProcess each : processes) {
            each.goOn();
        }
    }

    /** Lets the processes read; returns when they have begun. */
    void go() throws IOException, InterruptedException, SQLException {
        queriesBefore = database.queries();
        for (ServiceProcess each : processes) {
            each.go();
        }
        for (ServiceProcess each : processes) {
            each.awaitBegun();
        }
    }

    /** Takes away what is away in {@code next}, and brings back what was away in {@code now}. */
    void change(Phase now, Phase next) throws IOException, InterruptedException, SQLException {
        if (now == Phase.SOURCE_AWAY) {
            database.accept();
        }
        if (now == Phase.REDIS_AWAY && redis != null) {
            redis.restart();
        }
        if (next == Phase.SOURCE_AWAY) {
            database.refuse();
        }
        if (next == Phase.REDIS_AWAY && redis != null) {
            redis.kill();
        }
    }

    /** What each process has counted, as it last said. */
    List<Report> reports() throws IOException {
        List<Report> reports = new ArrayList<>();
        for (ServiceProcess each : processes) {
            each.requireAlive();
            reports.add(each.latest());
        }
        return reports;
    }

    /** Ends the processes; what they have counted in all. */
    List<Report> lastReports() throws IOException, InterruptedException {
        for (ServiceProcess each : processes) {
            each.stop();
        }
        return processes.stream().map(ServiceProcess::latest).toList();
    }

    /** How many queries the source carried out since the processes began, as it counts itself. */
    long queries() throws SQLException {
        return database.queries() - queriesBefore;
    }

    @Override
    public void close() {
        IllegalStateException failures =
                new IllegalStateException("not everything that the demo started could be ended");
        closeAfter(failures);
        if (failures.getSuppressed().length > 0) {
            throw failures;
        }
    }

    private <T extends AutoCloseable> T begun(T resource) {
        started.push(resource);
        return resource;
    }

    /** The last first. */
    private void closeAfter(Exception cause) {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                cause.addSuppressed(e);
            }
        }
    }
}
