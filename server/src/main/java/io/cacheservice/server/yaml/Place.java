package io.cacheservice.server.yaml;

import io.cacheservice.CacheConfigException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where something stands in a file.
 *
 * @param line from 1
 * @param name such as {@code server.port} or {@code sources[0].pattern}; empty for the file as a whole
 */
public record Place(Path file, int line, String name) {
    private static final int LONGEST = 1_000;
    private static final Pattern TELLS_OF_SECRET = Pattern.compile("(?i)(pass|secret|token|auth|cred|cookie|url)");

    /** Whether what stands here may be a secret, or have one in it. */
    boolean tellsOfSecret() {
        return TELLS_OF_SECRET
                .matcher(name.substring(name.lastIndexOf('.') + 1))
                .find();
    }

    /** The place of a member of what stands here. */
    Place member(String member, int itsLine) {
        return new Place(file, itsLine, name.isEmpty() ? member : name + "." + member);
    }

    /** The place of an element of the list that stands here. */
    Place element(int index, int itsLine) {
        return new Place(file, itsLine, name + "[" + index + "]");
    }

    /** An error that says where and {@code what}, which completes a sentence that begins with the name. */
    public CacheConfigException refusal(String what) {
        String line = "file " + file + " line " + this.line + ": " + (name.isEmpty() ? "" : name + " ") + what;
        // a control character would forge lines of a log
        line = line.replaceAll("\\p{Cntrl}", "?");
        return new CacheConfigException(line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...");
    }
}
