package io.cacheservice.testkit.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The history of a process that goes on, read a piece at a time. For one thread. */
final class FollowedHistory {
    private final Path file;
    private final Consumer<Operation> ended;
    private long position;
    private @Nullable HistoryLines lines;

    /** @param ended hears of each operation that has ended */
    FollowedHistory(Path file, Consumer<Operation> ended) {
        this.file = file;
        this.ended = ended;
    }

    /** What has begun and not ended so far. */
    Collection<Operation> begun() {
        return lines == null ? List.of() : lines.begun();
    }

    /** Reads what was added; a line that is not finished is left for the next time. */
    void read() throws IOException {
        byte[] added;
        try (RandomAccessFile from = new RandomAccessFile(file.toFile(), "r")) {
            from.seek(position);
            added = new byte[Math.toIntExact(from.length() - position)];
            from.readFully(added);
        }
        int line = 0;
        for (int i = 0; i < added.length; i++) {
            if (added[i] == '\n') {
                understand(new String(added, line, i - line, UTF_8));
                line = i + 1;
            }
        }
        position += line;
    }

    private void understand(String line) throws IOException {
        if (lines == null) {
            lines = new HistoryLines(file, line, ended);
        } else {
            lines.read(line);
        }
    }
}
