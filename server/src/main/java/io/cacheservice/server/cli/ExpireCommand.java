package io.cacheservice.server.cli;

import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code expire}: gives an entry another life. */
@Command(
        name = "expire",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Gives the entry of KEY another life, counted from now. Exit code 1: the key is absent.")
final class ExpireCommand implements Callable<Integer> {
    @Mixin
    private final RemoteOptions remote = new RemoteOptions();

    @Parameters(paramLabel = "KEY", description = "The key.")
    private String key = "";

    @Option(
            names = "--ttl",
            paramLabel = "DURATION",
            description = "How long to keep it from now: 300ms, 30s, 10m, 1h, 7d, or none for ever.")
    private @Nullable String ttl;

    @Option(
            names = "--now",
            description = "Lets it have expired: the next read that can load it does. Either this or --ttl.")
    private boolean now;

    @Option(names = "--json", description = "Prints key and outcome: applied.")
    private boolean json;

    @Override
    public Integer call() {
        if (now == (ttl != null)) {
            throw new CommandFailure(ExitCode.USAGE, "give either --ttl DURATION or --now");
        }
        Map<String, String> request = new LinkedHashMap<>();
        request.put("key", Arguments.readable("KEY", key));
        if (ttl != null) {
            request.put("ttl", ttl);
        }
        byte[] body = JsonMapper.shared().writeValueAsBytes(request);
        int status = remote.client()
                .send(
                        "/v1/expire",
                        post -> post.header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body)))
                .statusCode();
        return json ? Outcome.print(key, status, "applied") : ExitCode.OK;
    }
}
