package io.cacheservice.server.source;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an HTTP service calls the state of a record (RFC 9110, section 8.8), and how it is asked whether that is still so: its
 * entity tag, strong or weak, else the date of its last change.
 *
 * @param text as the service wrote it; its first characters tell which of the two it is
 */
record HttpValidator(String text) {
    private static final Pattern ENTITY_TAG = Pattern.compile("(W/)?\"[!#-~]*\"");
    /** As much as can be kept beside a value. */
    private static final int LONGEST = 255;

    /** What {@code answer} names; empty: nothing that can be kept. */
    static Optional<HttpValidator> of(HttpHeaders answer) {
        return answer.firstValue("ETag")
                .filter(tag -> tag.length() <= LONGEST && isEntityTag(tag))
                .or(() -> answer.firstValue("Last-Modified").filter(HttpValidator::isDate))
                .map(HttpValidator::new);
    }

    /** The field of the request that asks for the record only if it is another by now. */
    String field() {
        return isEntityTag(text) ? "If-None-Match" : "If-Modified-Since";
    }

    private static boolean isEntityTag(String text) {
        return ENTITY_TAG.matcher(text).matches();
    }

    private static boolean isDate(String text) {
        try {
            DateTimeFormatter.RFC_1123_DATE_TIME.parse(text);
            return text.length() <= LONGEST;
        } catch (DateTimeException notOne) {
            return false;
        }
    }
}
