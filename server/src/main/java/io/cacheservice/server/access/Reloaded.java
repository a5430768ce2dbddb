package io.cacheservice.server.access;

import io.cacheservice.CacheConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What some files say, read anew whenever they have changed. When what they then say is broken, the last good reading
 * stays, and the log says why.
 *
 * <p>Changes are found by reading: times of files are too coarse, and a mounted secret is changed by swapping a link. What
 * is no regular file, such as a pipe, is read once. Safe for use by many threads.
 */
public final class Reloaded<T> {
    private static final Logger LOG = Logger.getLogger(Reloaded.class.getName());

    /** Files of tokens and keys are small; whoever names another by mistake should be told. */
    private static final int MAX_BYTES = 1 << 20;

    private final String setting;
    private final List<Path> files;
    private final Reading<T> reading;
    private final Consumer<T> onChange;
    private final boolean rereadable;
    private List<byte[]> contents = List.of();
    private volatile T current;
    private volatile @Nullable String problem;

    private Reloaded(String setting, List<Path> files, Reading<T> reading, Consumer<T> onChange) {
        this.setting = setting;
        this.files = List.copyOf(files);
        this.reading = reading;
        this.onChange = onChange;
        this.rereadable = files.stream().allMatch(Files::isRegularFile);
        try {
            this.contents = readFiles();
            this.current = reading.of(contents);
        } catch (CacheConfigException e) {
            throw new CacheConfigException(setting + " is refused: " + told(e), e);
        }
    }

    /** Makes something of the contents of files. */
    public interface Reading<T> {
        /**
         * What {@code contents} say, which are in the order of the files.
         *
         * @throws CacheConfigException when they are broken; the message has no secret
         */
        T of(List<byte[]> contents);
    }

    /**
     * Reads the files for the first time.
     *
     * @param setting names them in the log
     * @param onChange is given each later reading, and may refuse it as {@link Reading} may
     * @throws CacheConfigException when they are broken
     */
    public static <T> Reloaded<T> open(String setting, List<Path> files, Reading<T> reading, Consumer<T> onChange) {
        return new Reloaded<>(setting, files, reading, onChange);
    }

    /** The last good reading. */
    public T current() {
        return current;
    }

    /** The setting that names the files. */
    public String setting() {
        return setting;
    }

    /** Whether the files are broken now, so that {@link #current()} is not what they say. */
    public boolean isStale() {
        return problem != null;
    }

    /** Reads the files, and takes what they say if that has changed and is not broken. */
    public synchronized void look() {
        if (!rereadable) {
            return;
        }
        try {
            List<byte[]> now = readFiles();
            if (!same(now, contents)) {
                T read = reading.of(now);
                onChange.accept(read);
                current = read;
                contents = now;
                LOG.log(Level.INFO, "{0} has changed and was read again", setting);
            } else if (problem != null) {
                LOG.log(Level.INFO, "{0} is as it was before it was broken", setting);
            }
            problem = null;
        } catch (CacheConfigException e) {
            String told = told(e);
            if (!told.equals(problem)) {
                LOG.log(Level.WARNING, "{0} is broken, what it said before stays in use: {1}", new Object[] {
                    setting, told
                });
            }
            problem = told;
        }
    }

    private String told(CacheConfigException e) {
        return files + ": " + e.getMessage();
    }

    private List<byte[]> readFiles() {
        List<byte[]> read = new ArrayList<>();
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw new CacheConfigException("it is larger than " + MAX_BYTES + " bytes");
                }
                read.add(bytes);
            } catch (IOException e) {
                throw new CacheConfigException("it cannot be read: " + e, e);
            }
        }
        return read;
    }

    private static boolean same(List<byte[]> some, List<byte[]> others) {
        return Arrays.deepEquals(some.toArray(), others.toArray());
    }
}
