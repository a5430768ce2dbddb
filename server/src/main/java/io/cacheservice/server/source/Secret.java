package io.cacheservice.server.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A text that is never printed. */
sealed interface Secret {
    /** What it is now. */
    String text() throws IOException;

    /** Of the environment, as it was at the start. */
    record OfEnvironment(String variable, String text) implements Secret {
        @Override
        public String toString() {
            return "variable " + variable;
        }
    }

    /** The first line of a file, read anew whenever it is needed, so that it may be changed. */
    record OfFile(Path file) implements Secret {
        private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cntrl}]+");

        @Override
        public String text() throws IOException {
            String line;
            try (BufferedReader reader = Files.newBufferedReader(file)) {
                line = reader.readLine();
            }
            if (line == null || !PRINTABLE.matcher(line).matches()) {
                throw new IOException("file " + file + " has no secret: expected it as the first line");
            }
            return line;
        }

        @Override
        public String toString() {
            return "file " + file;
        }
    }
}
