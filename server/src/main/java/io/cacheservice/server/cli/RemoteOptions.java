package io.cacheservice.server.cli;

import io.cacheservice.CacheConfigException;
import io.cacheservice.server.access.PemIdentity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the server is and how to show that one may use it. */
final class RemoteOptions {
    private static final String DEFAULT_URL = "http://127.0.0.1:7070";

    private static final int MAX_PORT = 65_535;

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

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "PEM certificates to trust for an https URL instead of the JVM's. Otherwise"
                    + " CACHE_SERVICE_CA_FILE names them.")
    private @Nullable String caFile;

    CacheClient client() {
        return client(url != null ? url : System.getenv().getOrDefault("CACHE_SERVICE_URL", DEFAULT_URL));
    }

    /** Asks the server at {@code where}, with the same token. */
    CacheClient client(String where) {
        Map<String, String> environment = System.getenv();
        String trusted = caFile != null ? caFile : environment.get("CACHE_SERVICE_CA_FILE");
        return new CacheClient(
                base(where),
                checked(token != null ? token : environment.get("CACHE_SERVICE_TOKEN")),
                trusted == null ? null : trust(trusted));
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

    private static SSLContext trust(String caFile) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(PemIdentity.trustStore(Files.readAllBytes(Path.of(caFile))));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | InvalidPathException | GeneralSecurityException | CacheConfigException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the certificates in '" + caFile + "', given with --ca-file or CACHE_SERVICE_CA_FILE, cannot be"
                            + " used: expected a PEM file",
                    e);
        }
    }

    private static URI base(String text) {
        URI base;
        String shown = text.substring(text.lastIndexOf('@') + 1);
        try {
            base = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException e) {
            // without the cause, which would show the whole text
            throw refusal("'" + shown + "' is not understood");
        }
        if (base.getRawUserInfo() != null) {
            throw refusal(
                    "has a user part before '" + shown + "', which is not used: give a token in CACHE_SERVICE_TOKEN");
        }
        if (base.getRawQuery() != null || base.getRawFragment() != null) {
            throw refusal("has a query or fragment, which is not used");
        }
        if ((!"http".equals(base.getScheme()) && !"https".equals(base.getScheme()))
                || base.getHost() == null
                || base.getPort() > MAX_PORT) {
            throw refusal("'" + shown + "' is not understood");
        }
        return base;
    }

    private static CommandFailure refusal(String what) {
        return new CommandFailure(
                ExitCode.USAGE, "the server's URL " + what + "; expected http://host:port or https://host:port");
    }
}
