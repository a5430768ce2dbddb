package io.cacheservice.server.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code inspect}: everything known of one key, as a table or JSON. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Prints what is known of KEY, without its value. Exit code 1: the key is absent.")
final class InspectCommand implements Callable<Integer> {
    @Mixin
    private final RemoteOptions remote = new RemoteOptions();

    @Parameters(paramLabel = "KEY", description = "The key.")
    private String key = "";

    @Option(names = "--value", description = "Prints the value too, as text or base64.")
    private boolean value;

    @Option(names = "--json", description = "Prints the JSON of /v1/inspect.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        JsonNode details = remote.client()
                .read("/v1/inspect?key=" + CacheClient.encoded(Arguments.readable("KEY", key))
                        + (value ? "&value=true" : ""));
        if (json) {
            Output.json(details);
        } else {
            PrintWriter out = spec.commandLine().getOut();
            rows(out, "", details);
            out.flush();
        }
        int written = Output.done();
        return details.path("exists").asBoolean(false) ? written : ExitCode.MISS;
    }

    /** A line for each member; those of an object with its name in front. */
    private static void rows(PrintWriter out, String outer, JsonNode object) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = outer + member.getKey();
            if (member.getValue().isObject()) {
                rows(out, name + ".", member.getValue());
            } else {
                out.printf(
                        Locale.ROOT,
                        "%-22s%s%n",
                        name,
                        Terminal.shown(member.getValue().asString()));
            }
        }
    }
}
