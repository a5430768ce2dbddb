package io.cacheservice.testkit.history;

import io.cacheservice.Tier;
import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Understands the lines of one {@link HistoryFile}, one after the other. For one thread. */
final class HistoryLines {
    private final Path file;
    private final int process;
    private final long baseNanos;
    private final Consumer<Operation> ended;
    private final Map<Integer, Operation> begun = new LinkedHashMap<>();
    private long number = 1;
    private String line = "";
    private int at;

    /**
     * @param header the first line
     * @param ended hears of each operation that has ended
     * @throws IOException when it is no history
     */
    HistoryLines(Path file, String header, Consumer<Operation> ended) throws IOException {
        if (!header.startsWith(HistoryFile.TITLE)) {
            throw new IOException(file + " is no history: its first line is " + header);
        }
        String[] words = header.split(" ", -1);
        this.file = file;
        this.process = Integer.parseInt(words[2]);
        this.baseNanos = Long.parseLong(words[3]);
        this.ended = ended;
    }

    /** What has begun and not ended so far; of each, it is not known whether it took effect. */
    Collection<Operation> begun() {
        return begun.values();
    }

    /** @throws IOException when the line is no operation */
    void read(String next) throws IOException {
        line = next;
        number++;
        Operation operation;
        try {
            operation = operation();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(file + ":" + number + " is no operation: " + line, e);
        }
        if (isBegun()) {
            begun.put(operation.thread(), operation);
            return;
        }
        if (!operation.kind().changesNothing() && operation.kind() != Kind.INVALIDATE) {
            begun.remove(operation.thread());
        }
        ended.accept(operation);
    }

    private Operation operation() {
        at = 0;
        Kind kind = Letters.kind(line.charAt(at++));
        Outcome outcome = isBegun() ? Outcome.UNKNOWN : Letters.outcome(line.charAt(1));
        at++;
        boolean stale = line.charAt(at++) == 's';
        at += stale ? 1 : 0;
        int thread = (int) number();
        long version = number();
        long life = number();
        long start = baseNanos + number();
        long duration = number();
        Tier tier = Letters.tier(line.charAt(at));
        String key = HistoryFile.unescaped(line.substring(at + 2));
        long end = duration < 0 ? Operation.NEVER_ENDED : start + duration;
        return new Operation(process, thread, kind, key, version, life, start, end, tier, outcome, stale);
    }

    private boolean isBegun() {
        return line.charAt(1) == HistoryFile.BEGUN;
    }

    private long number() {
        boolean negative = line.charAt(at) == '-';
        if (negative) {
            at++;
        }
        long value = 0;
        char c = line.charAt(at++);
        do {
            if (c < '0' || c > '9') {
                throw new IllegalArgumentException("'" + c + "' is no digit");
            }
            value = value * 10 + (c - '0');
            c = line.charAt(at++);
        } while (c != ' ');
        return negative ? -value : value;
    }
}
