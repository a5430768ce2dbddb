package io.cacheservice.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code warm}: has the server load many keys ahead of need. */
@Command(
        name = "warm",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Loads the keys in FILE, one on each line, those given with --key, or those that another server is asked for most,"
                    + " from the server's sources; keys that are there stay as they are.",
            "Exit code 4: some could not be loaded, for example for want of a source; standard error says which."
        })
final class WarmCommand implements Callable<Integer> {
    private static final int KEYS_AT_ONCE = 200;

    @Mixin
    private final RemoteOptions remote = new RemoteOptions();

    @Parameters(
            paramLabel = "FILE|-",
            arity = "0..1",
            description = "Keys in UTF-8, one on each line; a single - reads standard input.")
    private @Nullable String file;

    @Option(names = "--key", paramLabel = "KEY", description = "A key; may be given many times.")
    private List<String> given = new ArrayList<>();

    @Option(
            names = "--hottest-of",
            paramLabel = "URL",
            description = "Also the keys that the server at URL is asked for most, as many as --hottest says.")
    private @Nullable String hottestOf;

    @Option(names = "--hottest", paramLabel = "COUNT", description = "How many; ${DEFAULT-VALUE} if not said.")
    private int hottest = 1_000;

    @Option(
            names = "--concurrency",
            paramLabel = "COUNT",
            description = "Keys loaded at once; ${DEFAULT-VALUE} if not said.")
    private int concurrency = 32;

    @Option(
            names = "--rate",
            paramLabel = "KEYS",
            description = "Keys in a second at most; ${DEFAULT-VALUE}, which is no bound, if not said.")
    private double rate;

    @Option(names = "--json", description = "Prints keys, loaded, present, absent and errors as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<String> keys = keys();
        CacheClient client = remote.client();
        WarmProgress progress = new WarmProgress(keys.size(), System.err, Terminal.isThere());
        for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
            List<String> some = keys.subList(from, Math.min(keys.size(), from + KEYS_AT_ONCE));
            JsonNode report =
                    client.post("/v1/prewarm", Map.of("keys", some, "concurrency", concurrency, "keysPerSecond", rate));
            progress.add(some.size(), report);
        }
        progress.end();
        if (json) {
            Output.json(progress.toJson());
        } else {
            System.out.println(progress.summary());
        }
        int written = Output.done();
        return progress.failed() ? ExitCode.REFUSED : written;
    }

    private List<String> keys() throws IOException {
        Set<String> keys = new LinkedHashSet<>(given);
        if (file != null) {
            keys.addAll(keysIn(file));
        }
        if (hottestOf != null) {
            remote.client(hottestOf)
                    .read("/v1/hottest?limit=" + hottest)
                    .path("keys")
                    .forEach(key -> keys.add(key.asString("")));
        }
        if (file == null && given.isEmpty() && hottestOf == null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "no keys: give a FILE, - for standard input, --key or --hottest-of");
        }
        return List.copyOf(keys);
    }

    static List<String> keysIn(String file) throws IOException {
        byte[] bytes;
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            bytes = in.readAllBytes();
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "the file '" + file + "' cannot be read", e);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.lines().filter(line -> !line.isEmpty()).distinct().toList();
        } catch (CharacterCodingException e) {
            throw new CommandFailure(ExitCode.USAGE, "the keys in '" + file + "' are not UTF-8", e);
        }
    }
}
