package io.cacheservice.server.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How far a warming is: a bar where somebody looks on, else a line for each tenth. */
final class WarmProgress {
    private static final int BAR = 30;

    private final long total;
    private final PrintStream err;
    private final boolean terminal;
    private final List<JsonNode> errors = new ArrayList<>();
    private long done;
    private long loaded;
    private long present;
    private long absent;
    private long toldTenths;

    WarmProgress(long total, PrintStream err, boolean terminal) {
        this.total = total;
        this.err = err;
        this.terminal = terminal;
    }

    /** Adds what the server reported about {@code keys} more keys. */
    void add(long keys, JsonNode report) {
        done += keys;
        loaded += report.path("loaded").asLong(0);
        present += report.path("present").asLong(0);
        absent += report.path("absent").asLong(0);
        report.path("errors").forEach(errors::add);
        long tenths = 10 * done / total;
        if (terminal) {
            int filled = (int) (BAR * done / total);
            err.print("\r[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] " + line());
            err.flush();
        } else if (tenths > toldTenths) {
            toldTenths = tenths;
            err.println(line());
        }
    }

    private String line() {
        return String.format(Locale.ROOT, "%d of %d keys (%d %%)", done, total, 100 * done / total);
    }

    /** Ends the bar and tells what failed. */
    void end() {
        if (terminal && total > 0) {
            err.println();
        }
        FailedKeys.tell(err, errors, errors.size());
    }

    boolean failed() {
        return !errors.isEmpty();
    }

    String summary() {
        return total + " keys: " + loaded + " loaded, " + present + " were there, " + absent + " have no value, "
                + errors.size() + " failed";
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("keys", total);
        json.put("loaded", loaded);
        json.put("present", present);
        json.put("absent", absent);
        json.put("errors", errors);
        return json;
    }
}
