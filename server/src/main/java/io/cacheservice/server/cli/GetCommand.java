package io.cacheservice.server.cli;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code get}: writes a value's bytes to standard output, nothing added. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Writes the value of KEY to standard output, byte for byte. Exit code 1: the key is absent.")
final class GetCommand implements Callable<Integer> {
    @Mixin
    private final RemoteOptions remote = new RemoteOptions();

    @Parameters(paramLabel = "KEY", description = "The key.")
    private String key = "";

    @Option(
            names = "--json",
            description = "Prints the entry as /v1/entries:get does: text or base64, ttlMillis, contentType.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (json) {
            return printJson();
        }
        byte[] value = remote.client()
                .send(CacheClient.entry(Arguments.readable("KEY", key)), HttpRequest.Builder::GET)
                .body();
        System.out.write(value);
        return Output.done();
    }

    private int printJson() {
        JsonNode answer =
                remote.client().post("/v1/entries:get", Map.of("keys", List.of(Arguments.readable("KEY", key))));
        if (!answer.path("missing").isEmpty()) {
            throw new CommandFailure(ExitCode.MISS, "the key is absent");
        }
        JsonNode error = answer.path("errors").path(0);
        if (!error.isMissingNode()) {
            throw CacheClient.refusal(error.path("status").asInt(0), error);
        }
        Output.json(answer.path("entries").path(0));
        return Output.done();
    }
}
