package io.cacheservice.testkit.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

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
    static final String TITLE = "history 1 ";
    static final char BEGUN = '+';

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

    /**
     * Adds the operations of a file to a history. What comes after the last line feed is the beginning of a line that was not
     * finished.
     */
    static void read(Path file, History into) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            HistoryLines lines = new HistoryLines(file, String.valueOf(reader.readLine()), into::add);
            String next = reader.readLine();
            while (next != null) {
                String line = next;
                next = reader.readLine();
                if (next != null || endsWithLineFeed(file)) {
                    lines.read(line);
                }
            }
            lines.begun().forEach(into::add);
        }
    }

    private static boolean endsWithLineFeed(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.position(channel.size() - 1).read(last);
            return last.get(0) == '\n';
        }
    }

    private static String escaped(String key) {
        return key.indexOf('\\') < 0 && key.indexOf('\n') < 0 && key.indexOf('\r') < 0
                ? key
                : key.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    static String unescaped(String text) {
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
}
