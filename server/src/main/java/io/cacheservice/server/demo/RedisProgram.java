package io.cacheservice.server.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Redis or Valkey server that can be started here.
 *
 * @param file the program
 * @param name what it says it is, such as {@code Redis 7.0.15}
 * @param origin where it was found, for people
 */
record RedisProgram(Path file, String name, String origin) {
    private static final Pattern VERSION = Pattern.compile("(Redis|Valkey) server v=((\\d+)\\.\\S+)");
    private static final int OLDEST_MAJOR = 6;
    private static final String BUNDLED = "/redis-server-7.0.15-";

    /** The given one, which must do; else the one that the program carries, unpacked into {@code folder}, else an installed one. */
    static Optional<RedisProgram> find(Optional<Path> given, Path folder) throws IOException {
        if (given.isPresent()) {
            RedisProgram program = ask(given.get(), "as given")
                    .orElseThrow(() -> new DemoFailure(
                            "--redis-server = '" + given.get()
                                    + "' is refused: it is no Redis or Valkey server of version " + OLDEST_MAJOR
                                    + " or later that runs here",
                            null));
            return Optional.of(program);
        }
        Optional<RedisProgram> bundled = bundled(folder);
        return bundled.isPresent() ? bundled : installed();
    }

    private static Optional<RedisProgram> bundled(Path folder) throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            default -> "386";
        };
        try (InputStream packed = RedisProgram.class.getResourceAsStream(BUNDLED + system + "-" + machine)) {
            if (packed == null) {
                return Optional.empty();
            }
            Path file = folder.resolve("redis-server");
            Files.copy(packed, file);
            return file.toFile().setExecutable(true) ? ask(file, "bundled") : Optional.empty();
        }
    }

    private static Optional<RedisProgram> installed() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of("redis-server", "valkey-server")
                .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(each -> Path.of(each, name)))
                .filter(Files::isExecutable)
                .flatMap(file -> ask(file, "found at " + file).stream())
                .findFirst();
    }

    /** What {@code file} says it is; empty when it does not run here, is something else or too old. */
    private static Optional<RedisProgram> ask(Path file, String origin) {
        try {
            Process process = new ProcessBuilder(List.of(file.toString(), "--version"))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            Matcher said = VERSION.matcher(new String(process.getInputStream().readAllBytes(), UTF_8));
            return said.find() && Integer.parseInt(said.group(3)) >= OLDEST_MAJOR
                    ? Optional.of(new RedisProgram(file, said.group(1) + " " + said.group(2), origin))
                    : Optional.empty();
        } catch (IOException notForThisMachine) {
            // another may be
            return Optional.empty();
        }
    }
}
