package io.cacheservice.internal.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Reads the properties format, entry by entry, each with the number of its line, which {@link Properties} forgets.
 *
 * <p>Cuts the text into the logical lines of the format and leaves what they mean to {@link Properties}.
 */
final class PropertiesText {
    private PropertiesText() {}

    /** One entry. */
    record Entry(String name, String value, int line) {}

    /** A line that is no entry. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(int line) {
            super("line " + line + " has a \\u that is not followed by four hexadecimal digits");
        }
    }

    /** The entries in their order; a name can occur twice. */
    static List<Entry> read(Reader reader) throws IOException, MalformedException {
        List<Entry> entries = new ArrayList<>();
        BufferedReader lines = new BufferedReader(reader);
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int first = ++number;
            StringBuilder logical = new StringBuilder(line);
            String next = line;
            while (!isComment(line) && continues(next)) {
                next = lines.readLine();
                if (next == null) {
                    break;
                }
                number++;
                logical.append('\n').append(next);
            }
            Properties one = new Properties();
            try {
                one.load(new StringReader(logical.toString()));
            } catch (IllegalArgumentException badEscape) {
                // without the cause: what the file says may be a secret
                throw new MalformedException(first);
            }
            one.stringPropertyNames().forEach(name -> entries.add(new Entry(name, one.getProperty(name), first)));
        }
        return entries;
    }

    private static boolean isComment(String line) {
        String text = line.stripLeading();
        return text.startsWith("#") || text.startsWith("!");
    }

    private static boolean continues(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
