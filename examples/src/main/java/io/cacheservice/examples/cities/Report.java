package io.cacheservice.examples.cities;

import java.util.List;
import java.util.Locale;

/** Says what runs counted, as text. */
final class Report {
    private static final int KEYS_SHOWN = 5;

    private Report() {}

    static String of(List<Outcome> outcomes) {
        StringBuilder text = new StringBuilder();
        text.append(line(
                "tier",
                "way",
                "records",
                "bytes",
                "write s",
                "read s",
                "hits",
                "misses",
                "evictions",
                "kept",
                "memory bytes",
                "mismatches"));
        for (Outcome outcome : outcomes) {
            text.append(System.lineSeparator()).append(row(outcome));
        }
        for (Outcome outcome : outcomes) {
            if (!outcome.complete()) {
                text.append(System.lineSeparator()).append(complaint(outcome));
            }
        }
        return text.toString();
    }

    private static String row(Outcome outcome) {
        return line(
                outcome.tier(),
                outcome.way(),
                count(outcome.records()),
                count(outcome.bytes()),
                seconds(outcome.writeNanos()),
                seconds(outcome.readNanos()),
                count(outcome.hits()),
                count(outcome.misses()),
                count(outcome.kept().evictions()),
                count(outcome.kept().entries()),
                count(outcome.kept().bytes()),
                count(outcome.differing().size()));
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, "%-6s%-13s%9s%12s%9s%8s%9s%8s%11s%9s%14s%12s", cells);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1e9);
    }

    private static String complaint(Outcome outcome) {
        String run = "FAILED: " + outcome.tier() + ", " + outcome.way() + ": ";
        List<String> keys = outcome.differing();
        if (keys.isEmpty()) {
            return run + "each record must be one hit and still be kept, with no miss and no eviction";
        }
        return run + "missing or not what was written: "
                + String.join("; ", keys.subList(0, Math.min(KEYS_SHOWN, keys.size())))
                + (keys.size() > KEYS_SHOWN ? "; and " + (keys.size() - KEYS_SHOWN) + " more" : "");
    }
}
