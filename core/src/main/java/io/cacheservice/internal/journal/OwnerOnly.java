package io.cacheservice.internal.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that their owner alone may read and write (mode 600), where the file system knows such rights. */
final class OwnerOnly {
    private static final boolean KNOWS_MODES =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private OwnerOnly() {}

    /** Makes an empty file. */
    static void make(Path file) throws IOException {
        Files.createFile(file, rights());
    }

    /** Makes an empty file unless it exists. */
    static void makeIfAbsent(Path file) throws IOException {
        try {
            make(file);
        } catch (FileAlreadyExistsException there) {
            // as wanted
        }
    }

    private static FileAttribute<?>[] rights() {
        return KNOWS_MODES
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
