package io.cacheservice.server.cli;

import java.net.http.HttpRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code invalidate-tag}: removes the entries of a typed cache that carry a tag. */
@Command(
        name = "invalidate-tag",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Removes every entry of the typed cache CACHE that carries TAG, in whichever processes it is open.")
final class InvalidateTagCommand implements Callable<Integer> {
    @Mixin
    private final RemoteOptions remote = new RemoteOptions();

    @Parameters(index = "0", paramLabel = "CACHE", description = "The name of the cache.")
    private String cache = "";

    @Parameters(index = "1", paramLabel = "TAG", description = "The tag.")
    private String tag = "";

    @Option(names = "--json", description = "Prints key (the tag) and outcome: invalidated or queued.")
    private boolean json;

    @Override
    public Integer call() {
        int status = remote.client()
                .send(
                        "/v1/tags?cache=" + CacheClient.encoded(Arguments.readable("CACHE", cache)) + "&tag="
                                + CacheClient.encoded(Arguments.readable("TAG", tag)),
                        HttpRequest.Builder::DELETE)
                .statusCode();
        return json ? Outcome.print(tag, status, "invalidated") : ExitCode.OK;
    }
}
