package io.cacheservice.internal.journal;

import io.cacheservice.CacheConfigException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A JVM that opens a journal, says {@code open} or why not, and then waits to be killed. */
final class HoldsAJournal implements AutoCloseable {
    private final Process process;
    private final BufferedReader says;

    private HoldsAJournal(List<String> command) throws IOException {
        this.process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        this.says = process.inputReader(StandardCharsets.UTF_8);
    }

    /** With files of {@code mostKilobytes} at most, and {@code keys} keys that are added at once. */
    static HoldsAJournal start(Path journal, int mostKilobytes, int keys) throws IOException {
        return new HoldsAJournal(List.of(
                "bash",
                "-c",
                "ulimit -f " + mostKilobytes + "; exec \"$@\"",
                "bash",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                HoldsAJournal.class.getName(),
                journal.toString(),
                Integer.toString(keys)));
    }

    /** FILE KEYS. */
    public static void main(String[] words) throws IOException {
        try (JournalFile journal = JournalFile.open(words[0])) {
            int keys = Integer.parseInt(words[1]);
            for (int i = 0; i < keys; i++) {
                journal.add("key-" + i);
            }
            System.out.println("open");
            BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (told.readLine() != null) { // each line: all keys but the last are settled, and the file is tidied
                for (int i = 0; i < keys - 1; i++) {
                    journal.settle("key-" + i);
                }
                journal.tidy();
                System.out.println("settled");
            }
        } catch (CacheConfigException refused) {
            System.out.println(refused.getMessage());
        }
    }

    String says() throws IOException {
        return String.valueOf(says.readLine());
    }

    void tell() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    long pid() {
        return process.pid();
    }

    /** With SIGKILL. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
