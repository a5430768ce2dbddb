package io.cacheservice.benchmarks;

import io.cacheservice.benchmarks.stampede.CallLoop;
import io.cacheservice.benchmarks.stampede.Subject;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A JVM of the {@code stampede} suite whose threads all want the same; started by it. */
final class StampedeCaller {
    private static final Logger LOG = Logger.getLogger(StampedeCaller.class.getName());

    private StampedeCaller() {}

    /** With the port of Redis and the subjects in the order of their numbers. */
    public static void main(String[] arguments) {
        PrintStream answers = System.out;
        // some of the libraries print
        System.setOut(System.err);
        Logger.getLogger("").setLevel(Level.WARNING);
        int port = Integer.parseInt(arguments[0]);
        List<AutoCloseable> open = new ArrayList<>();
        int status = 0;
        try {
            List<Subject> subjects = new ArrayList<>();
            for (String subject : Arrays.asList(arguments).subList(1, arguments.length)) {
                subjects.add(StampedeSubjects.open(subject, port, open));
            }
            new CallLoop(subjects).run(System.in, answers);
            Resources.close(open);
        } catch (IOException | RuntimeException | InterruptedException failure) {
            // the JVM that measures sees the stream end; what went wrong is for people
            LOG.log(Level.SEVERE, "a calling JVM of the stampede suite failed", failure);
            status = 1;
        }
        // some of the libraries leave threads behind
        System.exit(status);
    }
}
