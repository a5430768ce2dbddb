package io.cacheservice.redis.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A JVM that invalidates a key and a tag of the cache {@code versions}, says what became of that, and waits to be killed. */
final class JournalingProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader says;

    private JournalingProcess(Process process) {
        this.process = process;
        this.says = process.inputReader(UTF_8);
    }

    static JournalingProcess start(String url, Path journal, String key, String tag) throws IOException {
        return new JournalingProcess(new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JournalingProcess.class.getName(),
                        url,
                        journal.toString(),
                        key,
                        tag))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** URL JOURNAL KEY TAG. */
    public static void main(String[] words) throws IOException {
        CacheConfig config =
                CacheConfig.builder().url(words[0]).journalFile(words[1]).build();
        try (CacheService service = CacheService.open(config)) {
            Cache<String, Integer> cache =
                    service.cache("versions", Integer.class).loader(key -> 0).open();
            System.out.println(cache.invalidate(words[2]) + " " + cache.invalidateTag(words[3]));
            System.in.read();
        }
    }

    String says() throws IOException {
        return String.valueOf(says.readLine());
    }

    /** With SIGKILL. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
