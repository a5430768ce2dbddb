package io.cacheservice.server.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What happened in each second between two snapshots of the statistics. */
final class StatsRates {
    private StatsRates() {}

    /**
     * The rates by the name they have in JSON, and what the second snapshot says of now. A server that began anew in between
     * has rates of zero.
     */
    static Map<String, Object> between(JsonNode before, JsonNode after, double seconds) {
        double hits = rate(sum(before, "hits"), sum(after, "hits"), seconds);
        double misses = rate(number(before, "misses"), number(after, "misses"), seconds);
        Map<String, Object> rates = new LinkedHashMap<>();
        rates.put("hitsPerSecond", hits);
        rates.put("missesPerSecond", misses);
        rates.put("hitRatio", hits + misses == 0 ? 0.0 : hits / (hits + misses));
        rates.put("loadsPerSecond", rate(loads(before), loads(after), seconds));
        rates.put("putsPerSecond", rate(number(before, "puts"), number(after, "puts"), seconds));
        rates.put("removalsPerSecond", rate(number(before, "removals"), number(after, "removals"), seconds));
        rates.put("evictionsPerSecond", rate(sum(before, "evictions"), sum(after, "evictions"), seconds));
        rates.put("errorsPerSecond", rate(sum(before, "errors"), sum(after, "errors"), seconds));
        rates.put("localEntries", number(after, "localEntries"));
        rates.put("localBytes", number(after, "localBytes"));
        return rates;
    }

    static String header() {
        return "    hits/s  misses/s  hit ratio   loads/s    puts/s  removals/s  evictions/s  errors/s   entries";
    }

    static String line(Map<String, Object> rates) {
        return String.format(
                Locale.ROOT,
                "%10.1f%10.1f%9.1f %%%10.1f%10.1f%12.1f%13.1f%10.1f%10.0f",
                number(rates, "hitsPerSecond"),
                number(rates, "missesPerSecond"),
                100 * number(rates, "hitRatio"),
                number(rates, "loadsPerSecond"),
                number(rates, "putsPerSecond"),
                number(rates, "removalsPerSecond"),
                number(rates, "evictionsPerSecond"),
                number(rates, "errorsPerSecond"),
                number(rates, "localEntries"));
    }

    private static double number(Map<String, Object> rates, String name) {
        return rates.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    private static double rate(long before, long after, double seconds) {
        return Math.max(0, after - before) / seconds;
    }

    private static long loads(JsonNode stats) {
        return number(stats, "loadSuccesses") + number(stats, "loadFailures");
    }

    private static long number(JsonNode stats, String name) {
        return stats.path(name).asLong(0);
    }

    /** The sum of the members of one. */
    static long sum(JsonNode stats, String name) {
        long sum = 0;
        for (JsonNode part : stats.path(name)) {
            sum += part.asLong(0);
        }
        return sum;
    }
}
