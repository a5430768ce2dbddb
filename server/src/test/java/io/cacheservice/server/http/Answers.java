package io.cacheservice.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cacheservice.testkit.fuzz.Demand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** All that a server sent on one connection, taken apart as strictly as it can be. */
@NullMarked
final class Answers {
    /** A field of another name would be one that a caller has put in. */
    private static final Set<String> FIELDS = Set.of(
            "date",
            "server",
            "content-type",
            "content-length",
            "transfer-encoding",
            "connection",
            "cache-control",
            "x-content-type-options",
            "content-security-policy",
            "request-id",
            "etag",
            "age",
            "ttl-millis",
            "cache-status",
            "retry-after",
            "allow",
            "accept",
            "vary",
            "www-authenticate");

    private final byte[] bytes;
    private int at;

    private Answers(byte[] bytes) {
        this.bytes = bytes;
    }

    /** One answer. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier: never compared
    record Answer(int status, @Nullable String contentType, byte[] body) {}

    /** The answers in order, those that only say "go on" left out. */
    static List<Answer> in(byte[] bytes) {
        Answers reading = new Answers(bytes);
        List<Answer> answers = new ArrayList<>();
        while (reading.at < bytes.length) {
            Answer answer = reading.next();
            if (answer.status() >= 200) {
                answers.add(answer);
            }
        }
        return answers;
    }

    private Answer next() {
        String statusLine = line();
        Demand.that(statusLine.matches("HTTP/1\\.1 [1-5][0-9]{2}( [A-Za-z -]*)?"), "a status line: " + statusLine);
        int status = Integer.parseInt(statusLine.substring(9, 12));
        @Nullable String contentType = null;
        int length = -1;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).trim();
            Demand.that(FIELDS.contains(name), "a field of ours: " + line);
            switch (name) {
                case "content-type" -> contentType = value;
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = value.equals("chunked");
                default -> {}
            }
        }
        return new Answer(status, contentType, chunked ? chunks() : body(status, length));
    }

    /** Whether the request was a HEAD cannot be known of one that was mutated, but no body of ours begins as an answer does. */
    private byte[] body(int status, int length) {
        boolean none = status == 304 || status < 200 || at == bytes.length || beginsAnswer();
        int end = none ? at : length < 0 ? bytes.length : at + length;
        Demand.that(end <= bytes.length, "the whole of the body");
        byte[] body = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return body;
    }

    private boolean beginsAnswer() {
        return new String(bytes, at, Math.min(9, bytes.length - at), ISO_8859_1).equals("HTTP/1.1 ");
    }

    private byte[] chunks() {
        List<Byte> body = new ArrayList<>();
        if (at == bytes.length || beginsAnswer()) {
            return new byte[0];
        }
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            Demand.that(at + size <= bytes.length, "the whole of a chunk");
            for (int i = 0; i < size; i++) {
                body.add(bytes[at + i]);
            }
            at += size;
            Demand.that(line().isEmpty(), "the end of a chunk");
        }
        Demand.that(line().isEmpty(), "the end of the chunks");
        byte[] whole = new byte[body.size()];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = body.get(i);
        }
        return whole;
    }

    private String line() {
        int begin = at;
        while (at + 1 < bytes.length && !(bytes[at] == '\r' && bytes[at + 1] == '\n')) {
            at++;
        }
        Demand.that(at + 1 < bytes.length, "the end of a line");
        at += 2;
        return new String(bytes, begin, at - 2 - begin, ISO_8859_1);
    }
}
