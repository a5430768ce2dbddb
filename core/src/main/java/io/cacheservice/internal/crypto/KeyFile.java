package io.cacheservice.internal.crypto;

import io.cacheservice.CacheConfigException;
import io.cacheservice.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The keys of a file, read again when it has changed, so that keys are added and retired without a restart. A file that is
 * broken is told once in the log, and what it said before stays in use. Safe for use by many threads.
 */
final class KeyFile implements Supplier<KeyRing> {
    private static final System.Logger LOG = System.getLogger("io.cacheservice");
    private static final long CHECK_NANOS = Duration.ofSeconds(2).toNanos();

    /** Some ten thousand keys; whoever names another file by mistake should be told. */
    private static final long MOST_BYTES = 1 << 20;

    private final Path file;
    private final TimeSource time;
    private final AtomicLong checkedAtNanos;
    private volatile KeyRing keys;
    private volatile Seen seen;

    private record Seen(FileTime changed, long size) {}

    /** @throws CacheConfigException when the file cannot be read or is wrong */
    KeyFile(Path file, TimeSource time) {
        this.file = file;
        this.time = time;
        this.checkedAtNanos = new AtomicLong(time.nanoTime());
        try {
            this.seen = look();
            this.keys = read();
        } catch (IOException e) {
            throw new CacheConfigException(
                    "encryptionKeysFile = '" + file + "' cannot be read: " + e
                            + ". Name a file that this user may read",
                    e);
        }
    }

    @Override
    public KeyRing get() {
        long last = checkedAtNanos.get();
        long now = time.nanoTime();
        if (now - last >= CHECK_NANOS && checkedAtNanos.compareAndSet(last, now)) {
            readIfChanged();
        }
        return keys;
    }

    private void readIfChanged() {
        try {
            Seen now = look();
            if (!now.equals(seen)) {
                seen = now;
                keys = read();
                LOG.log(System.Logger.Level.INFO, "encryptionKeysFile has changed: key {0} encrypts", keys.first());
            }
        } catch (IOException | CacheConfigException broken) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "encryptionKeysFile is broken, what it said before stays in use: " + broken.getMessage());
        }
    }

    private Seen look() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Seen(attributes.lastModifiedTime(), attributes.size());
    }

    private KeyRing read() throws IOException {
        long bytes = Files.size(file);
        if (bytes > MOST_BYTES) {
            throw new CacheConfigException("encryptionKeysFile = '" + file + "' has " + bytes + " bytes, more than "
                    + MOST_BYTES + ": name a file of keys");
        }
        return KeyRing.parse("encryptionKeysFile '" + file + "'", Files.readAllLines(file));
    }
}
