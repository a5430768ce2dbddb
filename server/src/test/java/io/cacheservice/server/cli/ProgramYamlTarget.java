package io.cacheservice.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.server.source.SourcesYaml;
import io.cacheservice.testkit.fuzz.Corpus;
import io.cacheservice.testkit.fuzz.Demand;
import io.cacheservice.testkit.fuzz.FuzzInput;
import io.cacheservice.testkit.fuzz.FuzzTarget;
import io.cacheservice.testkit.fuzz.ScratchFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** The program's YAML file, settings and sources: read, or refused with a message that names the file and shows no secret. */
public final class ProgramYamlTarget implements FuzzTarget {
    private static final String SECRET = "hunter2hunter2hunter2";

    /** Where a mutation has made it a name, or the value of what is no secret. */
    private static final Pattern SHOWN = Pattern.compile("line \\d+: (?![^ ]*(?:password|token)[^ .]*\\.)[^ ]*" + SECRET
            + "|" + SECRET + "[^ ]* = |(?:^|\n *| )(?!password|server\\.tokens)[A-Za-z.]+ = [^=]*" + SECRET);

    private final Corpus corpus = Corpus.ofTexts(
            List.of(
                    """
                    maxMemory: 2gb
                    defaultTtl: 10m
                    server:
                      bind: 127.0.0.1
                      tokens:
                        - one-token-of-16-characters-or-more
                    """,
                    """
                    host: cache.example
                    password: "%s"
                    server.port: 7070
                    """.formatted(SECRET),
                    """
                    sources:
                      - pattern: "city:*"
                        ttl: 10m
                        jdbc:
                          url: jdbc:h2:mem:cities
                          username: app
                          password: {file: "/run/secrets/db"}
                          query: "select name, people from city where name = :key"
                          pool: 4
                      - pattern: "doc:*:*"
                        maxBytes: 1mb
                        http:
                          url: "https://docs.example/v1/{1}/{2}"
                          headers:
                            Authorization: {env: "TOKEN"}
                          timeout: 2s
                          absentStatuses: [404, 410]
                      - pattern: "file:*"
                        contentType: text/plain
                        directory:
                          path: /srv/files
                          suffix: .json
                    """,
                    "{maxMemory: 64mb, server: {port: 1}, nodes: [a:1, 'b:2']}\n",
                    "a: &x 1\nb: *x\n",
                    "- 1\n--- \n"),
            List.of(
                    "\n",
                    "  ",
                    ": ",
                    "- ",
                    "&a ",
                    "*a",
                    "|\n",
                    ">-\n",
                    "!!binary ",
                    "!!int ",
                    "? ",
                    "<<: ",
                    "---\n",
                    "...\n",
                    "%YAML 1.2\n",
                    "[",
                    "]",
                    "{",
                    "}",
                    "#",
                    "'",
                    "\"",
                    "\\x00",
                    "\\uD800",
                    "\t",
                    "~",
                    "null",
                    ".inf",
                    "sources:",
                    "*:*",
                    "{key}",
                    "{+1}",
                    "\0"));
    private final ScratchFile scratch;

    /** For the service loader. */
    public ProgramYamlTarget() throws IOException {
        scratch = new ScratchFile("cache-service.yaml");
    }

    @Override
    public String name() {
        return "program-yaml";
    }

    @Override
    public int share() {
        return 50;
    }

    @Override
    public long mostAllocatedBytes() {
        return 32L << 20;
    }

    @Override
    public int inputsInSuite() {
        return 8_000;
    }

    @Override
    public boolean take(FuzzInput input) throws IOException {
        byte[] yaml = input.mutated(corpus);
        Path file = scratch.with(yaml);
        boolean accepted = accepts(file, () -> {
            CacheConfig config = ConfigSources.read(Map.of(), file, Map.of(), Objects.requireNonNull(file.getParent()));
            Demand.that(
                    !config.password().map(SECRET::equals).orElse(false)
                            || !config.table().contains(SECRET),
                    "no secret in the table");
        });
        boolean sources = accepts(file, () -> SourcesYaml.read(file, Map.of("TOKEN", SECRET)));
        return accepted && sources;
    }

    private static boolean accepts(Path file, Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (CacheConfigException refused) {
            String message = String.valueOf(refused.getMessage());
            Demand.that(message.contains(file.toString()) || message.contains(" = "), "a culprit: " + message);
            Demand.that(message.getBytes(UTF_8).length < 64 << 10, "a bounded message");
            Demand.that(
                    !message.contains(SECRET) || SHOWN.matcher(message).find(), "no secret in the message: " + message);
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        scratch.close();
    }
}
