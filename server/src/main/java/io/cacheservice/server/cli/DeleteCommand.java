package io.cacheservice.server.cli;

import java.net.http.HttpRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delete}: removes a key. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Removes KEY; it need not be there.")
final class DeleteCommand implements Callable<Integer> {
    @Mixin
    private final RemoteOptions remote = new RemoteOptions();

    @Parameters(paramLabel = "KEY", description = "The key.")
    private String key = "";

    @Option(names = "--json", description = "Prints key and outcome: deleted or queued.")
    private boolean json;

    @Override
    public Integer call() {
        int status = remote.client()
                .send(CacheClient.entry(Arguments.readable("KEY", key)), HttpRequest.Builder::DELETE)
                .statusCode();
        return json ? Outcome.print(key, status, "deleted") : ExitCode.OK;
    }
}
