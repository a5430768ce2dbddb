package io.cacheservice.examples;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.LoadContext;
import io.cacheservice.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lesson: what a REST service answered lives for its own max-age, and is then asked for again with its ETag: "not
 * modified" renews it without a transfer.
 */
public final class RestClient {
    /** An HTTP answer, as far as this lesson needs it. */
    record Answer(int status, String body, String etag, Duration maxAge, boolean noStore) {}

    /** Stands for the remote service. */
    @FunctionalInterface
    interface Http {
        Answer get(String path, @Nullable String ifNoneMatch);
    }

    private RestClient() {}

    /** Runs the lesson and says what happened. */
    public static void main(String[] args) {
        System.out.println(run());
    }

    /** The requests that were made, and what was given at the end. */
    static List<String> run() {
        List<String> told = new ArrayList<>();
        ManualTime time = new ManualTime();
        Http http = (path, ifNoneMatch) -> {
            told.add(path + " if none match " + ifNoneMatch);
            boolean known = "v1".equals(ifNoneMatch);
            return new Answer(known ? 304 : 200, known ? "" : "rates", "v1", Duration.ofSeconds(60), false);
        };
        try (CacheService service = CacheService.builder().time(time).open()) {
            Cache<String, String> answers = service.cache("rates", String.class)
                    .failSafe(Duration.ofDays(1)) // what has expired stays for a day: to ask about, or to fall back to
                    .softTimeout(Duration.ofSeconds(5))
                    .loader((path, load) -> fetch(http, path, load))
                    .open();
            answers.get("/rates");
            answers.get("/rates"); // within its max-age
            time.advance(Duration.ofSeconds(60));
            told.add(answers.get("/rates") + ", stale: "
                    + answers.lookup("/rates").stale());
        }
        return told;
    }

    private static @Nullable String fetch(Http http, String path, LoadContext<String> load) {
        Answer answer = http.get(path, load.previousValidator().orElse(null));
        load.ttl(answer.maxAge());
        load.validator(answer.etag());
        if (answer.noStore()) {
            load.doNotCache();
        }
        return switch (answer.status()) {
            case 304 -> load.notModified();
            case 404 -> null;
            default -> answer.body();
        };
    }
}
