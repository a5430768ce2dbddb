package io.cacheservice.server.http;

import io.cacheservice.server.access.Reloaded;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Looks once a second whether files have changed, on a thread of its own. */
final class FileWatch {
    private static final Logger LOG = Logger.getLogger(FileWatch.class.getName());

    private final List<Reloaded<?>> files;
    private final CountDownLatch stopped = new CountDownLatch(1);

    FileWatch(List<Reloaded<?>> files) {
        this.files = files;
    }

    void start() {
        if (!files.isEmpty()) {
            Thread watching = new Thread(this::watch, "file-watch");
            watching.setDaemon(true);
            watching.start();
        }
    }

    void stop() {
        stopped.countDown();
    }

    private void watch() {
        try {
            while (!stopped.await(1, TimeUnit.SECONDS)) {
                files.forEach(FileWatch::look);
            }
        } catch (InterruptedException e) {
            // nobody interrupts this thread but one who wants its end
            Thread.currentThread().interrupt();
        }
    }

    /** A defect must not end the watch, which would silently keep revoked tokens. */
    private static void look(Reloaded<?> files) {
        try {
            files.look();
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "looking at " + files.setting() + " failed", e);
        }
    }
}
