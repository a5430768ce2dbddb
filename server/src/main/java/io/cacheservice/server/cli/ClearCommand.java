package io.cacheservice.server.cli;

import java.net.http.HttpRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clear}: removes every entry of a typed cache. */
@Command(
        name = "clear",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Removes every entry of the typed cache CACHE, in whichever processes it is open.")
final class ClearCommand implements Callable<Integer> {
    @Mixin
    private final RemoteOptions remote = new RemoteOptions();

    @Parameters(paramLabel = "CACHE", description = "The name of the cache.")
    private String cache = "";

    @Option(names = "--json", description = "Prints key (the cache) and outcome: cleared or queued.")
    private boolean json;

    @Override
    public Integer call() {
        int status = remote.client()
                .send(
                        "/v1/caches/" + CacheClient.encoded(Arguments.readable("CACHE", cache)) + "/entries",
                        HttpRequest.Builder::DELETE)
                .statusCode();
        return json ? Outcome.print(cache, status, "cleared") : ExitCode.OK;
    }
}
