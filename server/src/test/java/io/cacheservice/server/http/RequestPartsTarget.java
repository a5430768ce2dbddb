package io.cacheservice.server.http;

import io.cacheservice.testkit.fuzz.Corpus;
import io.cacheservice.testkit.fuzz.Demand;
import io.cacheservice.testkit.fuzz.FuzzInput;
import io.cacheservice.testkit.fuzz.FuzzTarget;
import java.util.List;
import java.util.Set;

/** The parts of requests that the program reads itself: understood, or refused with a problem that can be written as JSON. */
public final class RequestPartsTarget implements FuzzTarget {
    private static final Set<String> MEMBERS = Set.of("keys", "entries", "ttl", "concurrency");

    private final Corpus bodies = Corpus.ofTexts(
            List.of(
                    "{\"keys\": [\"a\", \"b\", \"\\u00e5\"]}",
                    "{\"ttl\": \"1h\", \"entries\": [{\"key\": \"a\", \"text\": \"one\"}, {\"key\": \"b\", \"base64\": \"/wA=\", \"ttl\": \"none\", \"contentType\": \"text/plain\"}]}",
                    "{\"keys\": [], \"concurrency\": 3.5}"),
            List.of(
                    "\\ud800", "\\u0000", "null", "[", "]", "{", "}", ",", ":", "\"", "NaN", "1e999", "//", "\ufeff",
                    "true"));
    private final Corpus queries = Corpus.ofTexts(
            List.of("key=a%20b&ttl=10m", "prefix=&cursor=abc", "key=%C3%A5bo", "limit=100&key=a+b"),
            List.of("%", "%00", "%2F", "%c0%af", "%ed%a0%80", "&", "=", "+", ";", "key=", "%zz"));
    private final Corpus paths = Corpus.ofTexts(
            List.of("greeting", "%C3%A5bo", "a%20b:c"),
            List.of("%", "/", "%2f", "..", ".", ";", "\\", "%00", "%5c", "%25", "/v1/entries/"));
    private final Corpus lives = Corpus.ofTexts(
            List.of("300ms", "10m", "none", "36500d", "999999999999999d"), List.of("ms", "d", "-", " ", "0"));
    private final Corpus tags = Corpus.ofTexts(
            List.of("*", "\"abc\"", "W/\"abc\", \"def\"", "\"a\",,\"b\""), List.of("\"", ",", "W/", "*", " "));
    private final Corpus hosts = Corpus.ofTexts(
            List.of("localhost", "127.0.0.1:7070", "[::1]:7070", "LOCALHOST."), List.of(":", ".", "[", "]", "@", "0"));

    @Override
    public String name() {
        return "request-parts";
    }

    @Override
    public int share() {
        return 80;
    }

    @Override
    public long mostAllocatedBytes() {
        return 16L << 20;
    }

    @Override
    public boolean take(FuzzInput input) {
        try {
            switch (input.random().nextInt(6)) {
                case 0 -> body(input);
                case 1 -> {
                    String query = input.mutatedText(queries);
                    RawKeys.fromQuery(query);
                    RawKeys.single(query, "ttl");
                }
                case 2 -> RawKeys.fromPath("/v1/entries/" + input.mutatedText(paths), "/v1/entries/");
                case 3 -> {
                    String life = input.mutatedText(lives);
                    LifeText.options(life);
                    LifeText.threshold(life);
                }
                case 4 -> {
                    Preconditions.ofWrite(input.mutatedText(tags), null);
                    Preconditions.ofDelete(null, input.mutatedText(tags));
                }
                default -> {
                    return HostNames.isOwn(input.mutatedText(hosts), "127.0.0.1");
                }
            }
            return true;
        } catch (ProblemException | IllegalArgumentException refused) {
            byte[] json = Failures.toProblem(refused).toJson();
            Demand.that(json.length < 16 << 10, "a bounded problem");
            Demand.that(Json.MAPPER.readTree(json).path("status").asInt() / 100 == 4, "a problem of the caller");
            return false;
        }
    }

    private void body(FuzzInput input) {
        BatchRequest request = BatchRequest.parse(input.mutated(bodies), MEMBERS);
        request.number("concurrency", 1);
        if (input.random().nextBoolean()) {
            request.entries();
        } else {
            request.keys();
        }
    }
}
