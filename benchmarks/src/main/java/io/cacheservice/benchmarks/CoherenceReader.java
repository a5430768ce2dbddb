package io.cacheservice.benchmarks;

import io.cacheservice.benchmarks.lag.ReadLoop;
import io.cacheservice.benchmarks.lag.VersionedKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The JVM that reads what the {@code coherence} suite writes; started by it. */
final class CoherenceReader {
    private static final Logger LOG = Logger.getLogger(CoherenceReader.class.getName());

    private CoherenceReader() {}

    /** With the blackboard's file, the port of Redis, and the subjects in the order of their numbers. */
    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.WARNING);
        int port = Integer.parseInt(arguments[1]);
        List<AutoCloseable> open = new ArrayList<>();
        int status = 0;
        try {
            List<VersionedKey> keys = new ArrayList<>();
            for (String subject : Arrays.asList(arguments).subList(2, arguments.length)) {
                VersionedKey key = CoherenceSubjects.open(subject, port);
                open.add(key);
                keys.add(key);
            }
            new ReadLoop(Path.of(arguments[0]), keys).run();
            Resources.close(open);
        } catch (RuntimeException failure) {
            // the writer sees the exit code; what went wrong is for people
            LOG.log(Level.SEVERE, "the reader of the coherence suite failed", failure);
            status = 1;
        }
        // some of the libraries leave threads behind
        System.exit(status);
    }
}
