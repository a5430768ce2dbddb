package io.cacheservice.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisExecProvider;

/** Finds the server program: the one that was named, else the one in the embedded-redis artifact, else the one on PATH. */
final class RedisBinary {
    private RedisBinary() {}

    /** The words that start the server, without its arguments. */
    static List<String> command() {
        String named = System.getProperty(RedisServer.SERVER_PROPERTY, System.getenv(RedisServer.SERVER_PROPERTY));
        return named != null && !named.isBlank() ? split(named) : Embedded.COMMAND;
    }

    /** A path is taken as it is, blanks included; anything else is a command line cut at blanks. */
    static List<String> split(String named) {
        String trimmed = named.trim();
        return Files.isExecutable(Path.of(trimmed)) ? List.of(trimmed) : List.of(trimmed.split("\\s+"));
    }

    /** Holds the packed server, so that it is unpacked once in the life of this JVM, and only if it is needed. */
    private static final class Embedded {
        static final List<String> COMMAND = unpack();

        private static List<String> unpack() {
            File unpacked = unpackForThisMachine();
            return List.of(unpacked == null ? "redis-server" : unpacked.getPath());
        }

        private static @Nullable File unpackForThisMachine() {
            try {
                return RedisExecProvider.defaultProvider().get();
            } catch (IOException | RuntimeException notPackedForThisMachine) {
                // The one on PATH is tried instead; if there is none, the failure to start it names the remedy.
                return null;
            }
        }
    }
}
