package io.cacheservice.server.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheConfigException;
import io.cacheservice.LoadContext;
import io.cacheservice.server.yaml.Place;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records that are files of a directory, and of the directories in it.
 *
 * <p>A key never leaves the directory: names that begin with a dot are absent, and so is what a symbolic link leads out to.
 */
final class DirectoryRecords implements Records {
    /** The longest name that any usual file system has. */
    private static final int LONGEST_NAME = 255;

    private final Path root;
    private final String suffix;
    private final long maxBytes;

    private DirectoryRecords(Path root, String suffix, long maxBytes) {
        this.root = root;
        this.suffix = suffix;
        this.maxBytes = maxBytes;
    }

    /** @throws CacheConfigException when there is no such directory */
    static DirectoryRecords open(SourceSettings.Directory settings, Place place, long maxBytes) {
        try {
            Path root = settings.path().toRealPath();
            if (Files.isDirectory(root)) {
                return new DirectoryRecords(root, settings.suffix(), maxBytes);
            }
        } catch (IOException e) {
            throw refusal(settings, place, e);
        }
        throw refusal(settings, place, null);
    }

    private static CacheConfigException refusal(
            SourceSettings.Directory settings, Place place, @Nullable IOException why) {
        return place.refusal("names the directory " + settings.path() + ", which cannot be read"
                + (why == null ? "" : " (" + why + ")") + ": make it, or correct path");
    }

    @Override
    public byte @Nullable [] read(List<String> matched, String key, LoadContext<byte[]> context) throws Exception {
        String name = matched.get(0) + suffix;
        if (!isInside(name)) {
            return null;
        }
        Path file = real(root.resolve(name));
        if (file == null || !file.startsWith(root) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, maxBytes + 1));
            if (bytes.length > maxBytes) {
                throw UnusableRecord.tooLarge(maxBytes);
            }
            return bytes;
        } catch (NoSuchFileException removedMeanwhile) {
            return null;
        }
    }

    /** Whether {@code name} is one of a file below the directory, as far as its text tells. */
    private static boolean isInside(String name) {
        return name.indexOf('\0') < 0
                && name.indexOf('\\') < 0
                && Arrays.stream(name.split("/", -1)).allMatch(DirectoryRecords::isPlain);
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty() && !name.startsWith(".") && name.getBytes(UTF_8).length <= LONGEST_NAME;
    }

    /** The path without symbolic links; null when nothing is there. */
    private static @Nullable Path real(Path path) throws IOException {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException e) {
            return null;
        } catch (AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            // a part of the path may be a file, which systems call different names
            if (isBelowAFile(path)) {
                return null;
            }
            throw e;
        }
    }

    private static boolean isBelowAFile(Path path) {
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            if (Files.isRegularFile(above)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Optional<String> contentType(List<String> matched) {
        return Optional.ofNullable(URLConnection.guessContentTypeFromName(matched.get(0) + suffix));
    }

    @Override
    public String description() {
        return "the directory " + root;
    }

    @Override
    public void close() {
        // no file stays open
    }
}
