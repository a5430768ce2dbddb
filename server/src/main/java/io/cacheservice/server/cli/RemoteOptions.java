package io.cacheservice.server.cli;

import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the server is and how to show that one may use it. */
final class RemoteOptions {
    private static final String DEFAULT_URL = "http://127.0.0.1:7070";

    /** What {@code server.tokens} allows, whatever its length. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]+");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the server is. Otherwise CACHE_SERVICE_URL says so, else it is " + DEFAULT_URL + ".")
    private @Nullable String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "One of the server's tokens. Other users of this machine can see it here; CACHE_SERVICE_TOKEN"
                    + " is better.")
    private @Nullable String token;

    CacheClient client() {
        Map<String, String> environment = System.getenv();
        return new CacheClient(
                base(url != null ? url : environment.getOrDefault("CACHE_SERVICE_URL", DEFAULT_URL)),
                checked(token != null ? token : environment.get("CACHE_SERVICE_TOKEN")));
    }

    /** Refuses here what the HTTP client would refuse with the token in its message. */
    private static @Nullable String checked(@Nullable String token) {
        if (token != null && !TOKEN.matcher(token).matches()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the token in CACHE_SERVICE_TOKEN or --token is empty or has characters that no token has: expected"
                            + " letters, digits and - . _ ~ + / =, without a line end");
        }
        return token;
    }

    private static URI base(String text) {
        URI base;
        try {
            base = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, refusal(text), e);
        }
        if ((!"http".equals(base.getScheme()) && !"https".equals(base.getScheme())) || base.getHost() == null) {
            throw new CommandFailure(ExitCode.USAGE, refusal(text));
        }
        return base;
    }

    private static String refusal(String text) {
        return "the server's URL '" + text + "' is not understood: expected http://host:port";
    }
}
