package io.cacheservice.server.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A statement with question marks for its parameters, cut at them. Those in quotes and comments are none, and neither is
 * {@code ??}, which stands for an operator with a question mark.
 */
record SqlText(List<String> pieces) {
    static SqlText of(String sql) {
        List<String> pieces = new ArrayList<>();
        int begin = 0;
        int i = 0;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == '\'' || c == '"' || c == '`') {
                i = after(sql, String.valueOf(c), i + 1);
            } else if (sql.startsWith("--", i)) {
                i = after(sql, "\n", i);
            } else if (sql.startsWith("/*", i)) {
                i = after(sql, "*/", i + 2);
            } else if (sql.startsWith("??", i)) {
                i += 2;
            } else if (c == '?') {
                pieces.add(sql.substring(begin, i));
                begin = ++i;
            } else {
                i++;
            }
        }
        pieces.add(sql.substring(begin));
        return new SqlText(List.copyOf(pieces));
    }

    private static int after(String sql, String end, int from) {
        int found = sql.indexOf(end, from);
        return found < 0 ? sql.length() : found + end.length();
    }

    /** How many parameters it has. */
    int parameters() {
        return pieces.size() - 1;
    }

    /** The statement as it was written. */
    String sql() {
        return String.join("?", pieces);
    }

    /** The statement with {@code count} parameters in place of the only one, as {@code in (?)} is to be read. */
    String sql(int count) {
        return String.join(String.join(", ", Collections.nCopies(count, "?")), pieces);
    }
}
