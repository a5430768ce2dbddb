package io.cacheservice.redis.histories;

import io.cacheservice.redis.soak.Ledger;
import io.cacheservice.redis.soak.Vitals;
import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.history.HistoryReport;
import io.cacheservice.testkit.history.HistoryWindows;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets several JVMs use the cache for a long time while everything around them fails now and then, judges what they saw part by
 * part, and says what all of them hold. {@code redis/drills/soak} starts it; it ends with 1 when a promise was broken or
 * something grew.
 */
final class SoakRun {
    private static final int MINUTES = 60;
    private static final Duration LONGEST_BETWEEN_SAMPLES = Duration.ofMinutes(1);
    private static final int SAMPLES = 30;
    /** Between one fault and the next, in the mean. */
    private static final int LONGEST_REST_MILLIS = 1_000;

    /** Of the time between two samples: nothing happens before one is taken. */
    private static final int PEACE = 6;

    /** So long after its answer a thread has surely written it. */
    private static final long WRITTEN_NANOS = 2_000_000_000L;

    /** Of changes and loads: calls take seconds, and what is served in an outage lives for less than half a minute. */
    private static final Duration MEMORY = Duration.ofMinutes(2);

    /** The name that services give to their connections. */
    private static final String CACHE = "cache-service";

    private static final Pattern CLIENT_NAME = Pattern.compile(" name=(\\S*) .* user=(\\S*)");

    private final RunOptions options;
    private final Duration length;
    private final PrintStream out;
    private final Queue<String> undocumented = new ConcurrentLinkedQueue<>();
    private final Ledger ledger = new Ledger();
    private final HistoryWindows windows = new HistoryWindows(MEMORY);
    private long begin;
    private @Nullable HistoryReport report;

    SoakRun(RunOptions options, Duration length, PrintStream out) {
        this.options = options;
        this.length = length;
        this.out = out;
    }

    /** [MINUTES] and what {@link RunOptions#USAGE} says. */
    public static void main(String[] words) throws Exception {
        boolean hasMinutes = words.length > 0 && words[0].matches("\\d{1,5}");
        RunOptions options;
        try {
            options = RunOptions.parseSoak(Arrays.copyOfRange(words, hasMinutes ? 1 : 0, words.length));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        int minutes = hasMinutes ? Integer.parseInt(words[0]) : MINUTES;
        SoakRun run = new SoakRun(options, Duration.ofMinutes(minutes), System.out);
        Path folder = Files.createTempDirectory("soak-");
        boolean isGood = run.runIn(folder);
        if (isGood) {
            Stage.delete(folder);
        } else {
            System.out.println("the histories are left in " + folder);
        }
        System.exit(isGood ? 0 : 1);
    }

    /** Whether no promise was broken and nothing grew. Leaves the histories and logs of all in a folder. */
    boolean runIn(Path folder) throws Exception {
        out.println("soak of " + length + ": " + options + ", in " + folder);
        Map<String, Integer> struck;
        try (Stage stage = Stage.start(options, folder, undocumented)) {
            struck = live(stage);
            stage.end();
            judge(stage, System.nanoTime());
            out.printf(
                    "failovers excuse what was written in %d of %d seconds%n",
                    stage.strike().failoverSeconds(), seconds());
        }
        out.println(report());
        out.println("faults: " + struck);
        undocumented.forEach(error -> out.println("undocumented error: " + error));
        ledger.table().forEach(out::println);
        List<String> grown = grown();
        out.println((report().isClean() ? "no promise was broken" : "PROMISES WERE BROKEN") + "; "
                + (grown.isEmpty() ? "nothing grew" : "GREW: " + grown));
        return report().isClean() && undocumented.isEmpty() && grown.isEmpty();
    }

    /** What was found so far. */
    HistoryReport report() {
        if (report == null) {
            throw new IllegalStateException("Nothing was judged so far");
        }
        return report;
    }

    /** What has grown. */
    List<String> grown() {
        return ledger.grown();
    }

    /** Errors that the cache's users are not told to expect. */
    Queue<String> undocumented() {
        return undocumented;
    }

    /** Goes on until enough was sampled: where nothing can be said, that must not pass for flat. */
    private Map<String, Integer> live(Stage stage) throws Exception {
        FaultDeck faults = stage.faultsAndKills();
        Strike strike = stage.strike();
        Duration between = betweenSamples();
        begin = System.nanoTime();
        int restMillis = (int) Math.min(LONGEST_REST_MILLIS, between.toMillis());
        long nextSample = begin + between.toNanos();
        while (System.nanoTime() - begin < length.toNanos() || !ledger.canJudge("JVM 0")) {
            strike.during(Duration.ofMillis(restMillis / 2 + strike.random().nextInt(restMillis)));
            if (System.nanoTime() - nextSample >= 0) {
                nextSample = System.nanoTime() + between.toNanos();
                strike.during(between.dividedBy(PEACE));
                sample(stage);
                judge(stage, System.nanoTime() - WRITTEN_NANOS);
                say(String.format(
                        "%d operations (%d remembered), %d violations, faults so far: %s",
                        report().operations(),
                        windows.remembered(),
                        report().violationCount(),
                        new TreeMap<>(faults.struck())));
            }
            faults.strike(strike);
        }
        return new TreeMap<>(faults.struck());
    }

    private Duration betweenSamples() {
        Duration even = length.dividedBy(SAMPLES);
        return even.compareTo(LONGEST_BETWEEN_SAMPLES) < 0 ? even : LONGEST_BETWEEN_SAMPLES;
    }

    private void judge(Stage stage, long untilNanos) throws IOException {
        HistoryReport part = windows.next(stage.histories(), stage.checker(), untilNanos);
        report = report == null ? part : report.and(part);
        part.violations().forEach(violation -> out.println("VIOLATION " + violation));
    }

    private void sample(Stage stage) throws Exception {
        long plain = 0;
        for (WorkerProcess worker : stage.workers()) {
            Jvm jvm = worker.jvm();
            Vitals held = worker.vitals();
            plain += held.figures().getOrDefault("plain_connections", 0L);
            add("JVM " + (jvm.generation() == 0 ? jvm.number() : jvm.text()), held);
        }
        sampleServers(stage.fleet().servers(), plain);
        long heap = Vitals.ofThisJvm().figures().getOrDefault("heap_bytes", 0L);
        add("judge", new Vitals(Map.of("judge_heap_bytes", heap, "remembered", windows.remembered())));
    }

    /** @param plain how many connections are those of plain clients */
    private void sampleServers(List<RedisServer> servers, long plain) {
        Map<String, Integer> clients = clientsByName(servers);
        Vitals held = Vitals.sum(
                servers.stream().map(server -> Vitals.ofServer(server.info())).toList());
        long ofCache = clients.getOrDefault(CACHE, 0);
        long all = clients.values().stream().mapToLong(Integer::longValue).sum();
        add("Redis", held.and(Map.of("cache_clients", ofCache, "other_clients", all - ofCache - plain)));
        say("Redis clients by name: " + clients);
    }

    private void add(String subject, Vitals vitals) {
        ledger.add(subject, (double) seconds(), vitals);
        say(subject + ": " + vitals.text());
    }

    private static Map<String, Integer> clientsByName(List<RedisServer> servers) {
        Map<String, Integer> clients = new TreeMap<>();
        for (RedisServer server : servers) {
            for (String client : list(server)) {
                Matcher matcher = CLIENT_NAME.matcher(client);
                if (matcher.find()) {
                    String name = matcher.group(1).isEmpty() ? "user " + matcher.group(2) : matcher.group(1);
                    clients.merge(name, 1, Integer::sum);
                }
            }
        }
        return clients;
    }

    private static List<String> list(RedisServer server) {
        List<String> clients = new ArrayList<>();
        String.valueOf(server.command("CLIENT", "LIST")).lines().forEach(clients::add);
        return clients;
    }

    private long seconds() {
        return (System.nanoTime() - begin) / 1_000_000_000;
    }

    private void say(String line) {
        out.println(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + " " + line);
    }
}
