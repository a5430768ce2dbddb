package io.cacheservice.testkit.fuzz;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.RedisEndpoint;
import java.util.List;

/** Addresses of Redis: an endpoint with sane parts, or an error that repeats no part of the text. */
public final class UrlsTarget implements FuzzTarget {
    private static final String SECRET = "hunter2hunter2hunter2";

    private final Corpus corpus = Corpus.ofTexts(
            List.of(
                    "redis://localhost",
                    "rediss://orders:" + SECRET + "@cache.example:6380/2",
                    "redis://:" + SECRET + "@[2001:db8::1]:6379",
                    "redis://u%20r:%3A" + SECRET + "%40@10.0.0.1/0",
                    "REDIS://:" + SECRET + "@h"),
            List.of(
                    "@",
                    ":",
                    "/",
                    "[",
                    "]",
                    "::",
                    "%zz",
                    "%",
                    "?",
                    "#",
                    "redis://",
                    "rediss://",
                    "%2F",
                    "..",
                    "\u00e4"));

    @Override
    public String name() {
        return "urls";
    }

    @Override
    public int share() {
        return 100;
    }

    @Override
    public boolean take(FuzzInput input) {
        String url = input.mutatedText(corpus);
        try {
            CacheConfig config = CacheConfig.builder().put("url", url, "a test").build();
            RedisEndpoint endpoint = config.redis().orElseThrow();
            Demand.that(endpoint.port() >= 1 && endpoint.port() <= 65_535, "a port");
            Demand.that(!endpoint.host().isEmpty(), "a host");
            Demand.that(
                    endpoint.host().contains(SECRET)
                            || url.substring(0, Math.max(0, url.indexOf(':', 8)))
                                    .contains(SECRET)
                            || !config.table().contains(SECRET),
                    "no password in the table");
            return true;
        } catch (CacheConfigException refused) {
            Demand.keptSecret(refused, SECRET);
            Demand.that(String.valueOf(refused.getMessage()).startsWith("url = "), "the culprit");
            return false;
        }
    }
}
