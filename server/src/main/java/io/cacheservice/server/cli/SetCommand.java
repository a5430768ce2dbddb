package io.cacheservice.server.cli;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code set}: stores a value from the command line or from standard input. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Stores VALUE under KEY. Put -- before a KEY or VALUE that begins with a dash.")
final class SetCommand implements Callable<Integer> {
    @Mixin
    private final RemoteOptions remote = new RemoteOptions();

    @Parameters(index = "0", paramLabel = "KEY", description = "The key.")
    private String key = "";

    @Parameters(
            index = "1",
            paramLabel = "VALUE|-",
            description = "The value, stored as UTF-8. A single - reads the bytes from standard input.")
    private String value = "";

    @Option(
            names = "--ttl",
            paramLabel = "DURATION",
            description =
                    "How long to keep it: 300ms, 30s, 10m, 1h, 7d, or none for ever. Otherwise the server's default.")
    private @Nullable String ttl;

    @Option(names = "--content-type", paramLabel = "TYPE", description = "The media type that readers get with it.")
    private @Nullable String contentType;

    @Option(names = "--json", description = "Prints key and outcome: created, replaced or queued.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        byte[] bytes = value.equals("-")
                ? System.in.readAllBytes()
                : Arguments.readable("VALUE", value).getBytes(StandardCharsets.UTF_8);
        String target = CacheClient.entry(Arguments.readable("KEY", key))
                + (ttl == null ? "" : "&ttl=" + CacheClient.encoded(ttl));
        int status = remote.client()
                .send(target, request -> {
                    if (contentType != null) {
                        header(request, contentType);
                    }
                    return request.PUT(HttpRequest.BodyPublishers.ofByteArray(bytes));
                })
                .statusCode();
        return json ? Outcome.print(key, status, "replaced") : ExitCode.OK;
    }

    private static void header(HttpRequest.Builder request, String contentType) {
        try {
            request.header("Content-Type", contentType);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--content-type has characters that no header field has: expected a media type such as text/plain",
                    e);
        }
    }
}
