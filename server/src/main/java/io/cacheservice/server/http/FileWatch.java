package io.cacheservice.server.http;

import io.cacheservice.server.access.Reloaded;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Looks once a second whether files have changed, on a thread of its own. */
final class FileWatch {
    private static final Logger LOG = Logger.getLogger(FileWatch.class.getName());

    private final List<Reloaded<?>> files;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(look -> {
        Thread watching = new Thread(look, "file-watch");
        watching.setDaemon(true);
        return watching;
    });

    FileWatch(List<Reloaded<?>> files) {
        this.files = files;
    }

    void start() {
        if (!files.isEmpty()) {
            thread.scheduleWithFixedDelay(() -> files.forEach(FileWatch::look), 1, 1, TimeUnit.SECONDS);
        }
    }

    void stop() {
        thread.shutdownNow();
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
