package io.cacheservice.server.cli;

import java.net.http.HttpRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delete}: removes a key, or those that begin with a prefix. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Removes KEY, which need not be there, or every key that begins with --prefix.",
            "With --prefix, exit code 4: some could not be removed; 3: a server's keys could not be looked at; standard"
                    + " error says which."
        })
final class DeleteCommand implements Callable<Integer> {
    @Mixin
    private final RemoteOptions remote = new RemoteOptions();

    @Parameters(paramLabel = "KEY", arity = "0..1", description = "The key.")
    private @Nullable String key;

    @ArgGroup(exclusive = false)
    private @Nullable PrefixOptions beginning;

    @Option(
            names = "--json",
            description = "Prints key and outcome: deleted or queued; with --prefix removed, queued, failed, errors and"
                    + " unlisted.")
    private boolean json;

    @Override
    public Integer call() {
        if (key != null && beginning == null) {
            return deleteOne(key);
        }
        if (key == null && beginning != null) {
            return deleteAll(beginning);
        }
        throw new CommandFailure(ExitCode.USAGE, "give either a KEY or --prefix");
    }

    private int deleteOne(String one) {
        int status = remote.client()
                .send(CacheClient.entry(Arguments.readable("KEY", one)), HttpRequest.Builder::DELETE)
                .statusCode();
        return json ? Outcome.print(one, status, "deleted") : ExitCode.OK;
    }

    private int deleteAll(PrefixOptions keys) {
        RemovalProgress progress = new RemovalProgress(System.err, Terminal.isThere());
        keys.remove(remote.client(), progress::add);
        progress.end();
        if (json) {
            Output.json(progress.answer());
        } else {
            System.out.println(progress.counts());
        }
        int written = Output.done();
        return progress.exitCode() == ExitCode.OK ? written : progress.exitCode();
    }
}
