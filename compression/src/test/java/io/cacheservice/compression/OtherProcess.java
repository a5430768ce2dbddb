package io.cacheservice.compression;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.Tiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads a value of the cache {@code documents} in a JVM of its own. */
final class OtherProcess {
    private OtherProcess() {}

    /** Prints what stands under a key: the arguments are the server and the key. */
    public static void main(String[] arguments) {
        CacheConfig config = CacheConfig.builder()
                .url(arguments[0])
                .connectTimeout(Duration.ofSeconds(20))
                .readTimeout(Duration.ofSeconds(20))
                .build();
        try (CacheService service = CacheService.open(config)) {
            System.out.print(service.cache("documents", String.class)
                    .tiers(Tiers.REMOTE_ONLY)
                    .open()
                    .get(arguments[1]));
        }
    }

    /** @throws IOException with what the other JVM says of its failure */
    static String read(String url, String key) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("other-process", ".txt");
        try {
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            OtherProcess.class.getName(),
                            url,
                            key))
                    .redirectError(errors.toFile())
                    .start();
            String read;
            try (var out = process.getInputStream()) {
                read = new String(out.readAllBytes(), UTF_8);
            }
            if (process.waitFor() != 0) {
                throw new IOException("the other JVM failed: " + Files.readString(errors));
            }
            return read;
        } finally {
            Files.delete(errors);
        }
    }
}
