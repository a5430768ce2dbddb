package io.cacheservice.redis.histories;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What a soak must find: at each call a little more memory, another thread and another open file are kept. */
final class Leak implements Runnable {
    static final long EACH_MILLIS = 100;

    private static final int BYTES = 200_000;

    private final Path folder;
    private final List<byte[]> memory = new ArrayList<>();
    private final List<InputStream> files = new ArrayList<>();

    Leak(Path folder) {
        this.folder = folder;
    }

    @Override
    public void run() {
        memory.add(new byte[BYTES]);
        Thread thread = new Thread(Leak::stay, "leaked");
        thread.setDaemon(true);
        thread.start();
        try {
            files.add(new FileInputStream(folder.resolve("foreign").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stay() {
        while (true) {
            LockSupport.park();
        }
    }
}
