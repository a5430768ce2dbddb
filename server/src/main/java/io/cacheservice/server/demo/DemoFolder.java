package io.cacheservice.server.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for what the demo must keep in files. It is gone when the demo is, however that ended. */
final class DemoFolder implements AutoCloseable {
    private final Path path;
    private final Process remover;

    DemoFolder() throws IOException {
        path = Files.createTempDirectory("cache-service-demo-");
        remover = new ProcessBuilder(Shell.removingLater(path.toString())).start();
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        remover.getOutputStream().close();
        remover.onExit().join();
    }
}
