package io.cacheservice.internal.journal;

import io.cacheservice.CacheConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to a journal's file, for one service in all processes of this machine. Ends with the process.
 *
 * <p>It is taken on a file beside it, for the journal itself is replaced from time to time.
 */
final class JournalLock implements AutoCloseable {
    /**
     * Those of this process. Asked first: POSIX locks belong to processes, and closing any channel of a file, such as that of a
     * second try, gives up what the first one holds.
     */
    private static final Set<Path> OF_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private JournalLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes it.
     *
     * @param journal the file; its folder exists
     * @throws CacheConfigException when another service has it
     */
    static JournalLock take(Path journal) throws IOException {
        Path file = journal.resolveSibling(journal.getFileName() + ".lock");
        if (!OF_THIS_PROCESS.add(file)) {
            throw taken(journal, "another service of this process");
        }
        try {
            return locked(journal, file);
        } catch (IOException | RuntimeException | Error refused) {
            OF_THIS_PROCESS.remove(file);
            throw refused;
        }
    }

    private static JournalLock locked(Path journal, Path file) throws IOException {
        OwnerOnly.makeIfAbsent(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw taken(journal, "process " + Files.readString(file));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new JournalLock(file, channel);
        } catch (IOException | RuntimeException | Error refused) {
            channel.close();
            throw refused;
        }
    }

    private static CacheConfigException taken(Path journal, String by) {
        return new CacheConfigException("journalFile = '" + journal + "' is in use by " + by
                + ". Each service needs a file of its own: name another, or end the other service first");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ofAFileNobodyReads) {
            // the lock is gone all the same
        }
        OF_THIS_PROCESS.remove(file);
    }
}
