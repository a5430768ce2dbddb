package io.cacheservice.testkit.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.Tier;
import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file of one process: text, a line for each operation.
 *
 * <pre>
 * history 1 PROCESS BASE
 * KO[s] THREAD VERSION LIFE START DURATION TIER KEY
 * </pre>
 *
 * <p>K is the letter of the kind, O that of the outcome ({@link Letters}), or {@code +} when the operation has only begun; {@code s} marks a
 * stale answer. LIFE is in milliseconds. START is in nanoseconds after BASE, DURATION in nanoseconds; it is -1 when the end
 * was not seen. TIER is a letter too, or {@code -}. KEY goes on to the end of the line.
 * What changes something is written twice, before and after, so that it is known even if its process does not live to see
 * the answer.
 */
final class HistoryFile {
    private static final String TITLE = "history 1 ";
    private static final char BEGUN = '+';

    private HistoryFile() {}

    static String header(int process, long baseNanos) {
        return TITLE + process + " " + baseNanos + "\n";
    }

    static byte[] begun(Operation operation, long baseNanos) {
        return line(operation, BEGUN, baseNanos);
    }

    static byte[] ended(Operation operation, long baseNanos) {
        return line(operation, Letters.of(operation.outcome()), baseNanos);
    }

    private static byte[] line(Operation o, char outcome, long baseNanos) {
        long duration = o.endNanos() == Operation.NEVER_ENDED ? -1 : o.endNanos() - o.startNanos();
        StringBuilder line = new StringBuilder(64)
                .append(Letters.of(o.kind()))
                .append(outcome)
                .append(o.stale() ? "s " : " ")
                .append(o.thread())
                .append(' ')
                .append(o.version())
                .append(' ')
                .append(o.lifeMillis())
                .append(' ')
                .append(o.startNanos() - baseNanos)
                .append(' ')
                .append(duration)
                .append(' ')
                .append(Letters.of(o.tier()))
                .append(' ');
        return line.append(escaped(o.key())).append('\n').toString().getBytes(UTF_8);
    }

    /** Adds the operations of a file to a history. */
    static void read(Path file, History into) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String header = reader.readLine();
            if (header == null || !header.startsWith(TITLE)) {
                throw new IOException(file + " is no history: its first line is " + header);
            }
            String[] words = header.split(" ", -1);
            new Reading(file, Integer.parseInt(words[2]), Long.parseLong(words[3]), into).read(reader);
        }
    }

    private static String escaped(String key) {
        return key.indexOf('\\') < 0 && key.indexOf('\n') < 0 && key.indexOf('\r') < 0
                ? key
                : key.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                c = text.charAt(++i);
                c = c == 'n' ? '\n' : c == 'r' ? '\r' : c;
            }
            key.append(c);
        }
        return key.toString();
    }

    /** One file being read. */
    private static final class Reading {
        private final Path file;
        private final int process;
        private final long baseNanos;
        private final History into;
        private final Map<Integer, Operation> begun = new LinkedHashMap<>();
        private String line = "";
        private int at;

        Reading(Path file, int process, long baseNanos, History into) {
            this.file = file;
            this.process = process;
            this.baseNanos = baseNanos;
            this.into = into;
        }

        /** What comes after the last line feed is the beginning of a line that was not finished. */
        void read(BufferedReader reader) throws IOException {
            long number = 1;
            String next = reader.readLine();
            while (next != null) {
                line = next;
                next = reader.readLine();
                number++;
                if (next != null || endsWithLineFeed()) {
                    readLine(number);
                }
            }
            begun.values().forEach(into::add);
        }

        private boolean endsWithLineFeed() throws IOException {
            try (SeekableByteChannel channel = Files.newByteChannel(file)) {
                ByteBuffer last = ByteBuffer.allocate(1);
                channel.position(channel.size() - 1).read(last);
                return last.get(0) == '\n';
            }
        }

        private void readLine(long number) throws IOException {
            try {
                at = 0;
                Kind kind = Letters.kind(line.charAt(at++));
                char outcome = line.charAt(at++);
                boolean stale = line.charAt(at++) == 's';
                at += stale ? 1 : 0;
                int thread = (int) number();
                long version = number();
                long life = number();
                long start = baseNanos + number();
                long duration = number();
                Tier tier = Letters.tier(line.charAt(at));
                String key = unescaped(line.substring(at + 2));
                long end = duration < 0 ? Operation.NEVER_ENDED : start + duration;
                boolean open = outcome == BEGUN;
                Operation operation = new Operation(
                        process,
                        thread,
                        kind,
                        key,
                        version,
                        life,
                        start,
                        end,
                        tier,
                        open ? Outcome.UNKNOWN : Letters.outcome(outcome),
                        stale);
                if (open) {
                    begun.put(thread, operation);
                } else {
                    if (!kind.changesNothing() && kind != Kind.INVALIDATE) {
                        begun.remove(thread);
                    }
                    into.add(operation);
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IOException(file + ":" + number + " is no operation: " + line, e);
            }
        }

        private long number() {
            boolean negative = line.charAt(at) == '-';
            if (negative) {
                at++;
            }
            long number = 0;
            char c = line.charAt(at++);
            do {
                if (c < '0' || c > '9') {
                    throw new IllegalArgumentException("'" + c + "' is no digit");
                }
                number = number * 10 + (c - '0');
                c = line.charAt(at++);
            } while (c != ' ');
            return negative ? -number : number;
        }
    }
}
