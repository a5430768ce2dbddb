package io.cacheservice.testkit.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file that is written again and again, in memory where the system has a folder for that. */
public final class ScratchFile implements AutoCloseable {
    private final Path folder;
    private final Path file;

    /** A file with that name in a folder of its own. */
    public ScratchFile(String name) throws IOException {
        Path memory = Path.of("/dev/shm");
        this.folder = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "cache-fuzz")
                : Files.createTempDirectory("cache-fuzz");
        this.file = folder.resolve(name);
    }

    /** The file with these bytes. */
    public Path with(byte[] bytes) throws IOException {
        return Files.write(file, bytes);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        Files.delete(folder);
    }
}
