package io.cacheservice.examples.cities;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sends the cities of a file through a cache and back, and says whether all came back as it went in: on the local tier and on
 * a Redis that it starts, each through a typed cache and over HTTP.
 */
public final class CitiesRoundTrip {
    private static final int COMPLETE = 0;
    private static final int INCOMPLETE = 1;
    private static final int NOT_RUN = 2;

    /** Room for every city, so that nothing may be evicted. */
    private static final long LOCAL_BYTES = 256L << 20;

    private static final List<String> TIERS = List.of("local", "redis");

    private CitiesRoundTrip() {}

    /** Takes the file and, if not both, the tiers. Ends with 0 when all came back, 1 when not, 2 when it cannot run so. */
    public static void main(String[] args) throws IOException, InterruptedException {
        System.exit(run(List.of(args), System.out, System.err));
    }

    /** The exit code, after the report was printed to {@code out} and the progress to {@code err}. */
    static int run(List<String> args, PrintStream out, PrintStream err) throws IOException, InterruptedException {
        List<String> tiers = args.size() > 1 ? args.subList(1, args.size()) : TIERS;
        if (args.isEmpty() || !TIERS.containsAll(tiers)) {
            err.println("expected the JSON file of cities, then optionally which tiers: local, redis");
            return NOT_RUN;
        }
        Map<String, City> cities;
        try {
            cities = CityFile.read(Path.of(args.get(0)));
        } catch (IOException e) {
            err.println("the cities cannot be read: " + e.getMessage());
            return NOT_RUN;
        }
        if (cities.isEmpty()) {
            err.println(args.get(0) + " has no cities: expected at least one");
            return NOT_RUN;
        }
        RoundTrip roundTrip = new RoundTrip(cities, new Progress(err));
        List<Outcome> outcomes = new ArrayList<>();
        for (String tier : tiers) {
            try (Backing backing = tier.equals("local") ? new LocalBacking(LOCAL_BYTES) : new RedisBacking()) {
                outcomes.add(roundTrip.run(backing, TypedWay::new));
                outcomes.add(roundTrip.run(backing, HttpWay::serving));
            } catch (IOException | RuntimeException e) {
                err.println(tier + ": could not run to the end: " + e);
                return NOT_RUN;
            }
        }
        out.println(Report.of(outcomes));
        return outcomes.stream().allMatch(Outcome::complete) ? COMPLETE : INCOMPLETE;
    }
}
