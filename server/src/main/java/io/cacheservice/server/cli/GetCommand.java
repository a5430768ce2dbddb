package io.cacheservice.server.cli;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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

    @Override
    public Integer call() throws IOException {
        byte[] value = remote.client()
                .send(CacheClient.entry(Arguments.readable("KEY", key)), HttpRequest.Builder::GET)
                .body();
        System.out.write(value);
        return Output.done();
    }
}
