package io.cacheservice.internal.journal;

import io.cacheservice.CacheConfigException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The removals that are owed, on disk. Records are appended and handed to the operating system before a call returns, so they
 * outlive the process however it ends. They are forced to the disk within a second: a power cut may take the last second's.
 *
 * <p>When more than half of the file is of no use any more, it is written anew beside the old one, which it then replaces in one
 * step. Where the disk fails, the log says so once, nothing is written until the whole can be, and that is tried again.
 *
 * <p>Safe for use by many threads. Plain streams, not channels: a channel is closed for all by one interrupted caller.
 */
public final class JournalFile implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.cacheservice");
    private static final byte[] HEAD = "cache-service journal 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final long TIDY_AFTER_MILLIS = 1_000;
    private static final long CLOSE_LIMIT_MILLIS = 2_000;

    /** A file that is smaller is left as it is. */
    private static final long SMALL_BYTES = 1 << 16;

    private final Path path;
    private final JournalLock lock;
    private final ScheduledThreadPoolExecutor background = newBackground();
    /** Held by whoever writes the file anew, never while holding this object. */
    private final Object tidying = new Object();

    private final Set<String> owed;
    private final Set<String> covered;
    private final boolean isDoubted;
    /** Of all records that are of use. */
    private long usefulBytes;
    /** Null: the disk has failed, or the file is closed. */
    private @Nullable FileOutputStream out;

    private long bytes;
    /** What was appended since the file under way was begun; null: none is. */
    private @Nullable ByteArrayOutputStream sinceRewriting;

    private boolean hasFailed;
    private boolean isTidyingDue;
    private boolean isClosed;

    private JournalFile(Path path, JournalLock lock, JournalContents found) {
        this.path = path;
        this.lock = lock;
        this.owed = found.owed;
        this.covered = found.covered;
        this.isDoubted = found.isDoubted;
        owed.forEach(key -> usefulBytes += JournalRecord.size(key));
        covered.forEach(key -> usefulBytes += JournalRecord.size(key));
    }

    /**
     * Opens a file, or makes it.
     *
     * @throws CacheConfigException when another service has it, it cannot be read or written, or is no journal
     */
    public static JournalFile open(String file) {
        Path path = Path.of(file).toAbsolutePath();
        Path folder = path.getParent();
        JournalLock lock = null;
        try {
            if (folder == null || Files.isDirectory(path) || !Files.isDirectory(folder)) {
                throw new CacheConfigException(
                        "journalFile = '" + file + "' is refused: expected the path of a file in a folder that exists");
            }
            path = folder.toRealPath().resolve(path.getFileName());
            lock = JournalLock.take(path);
            JournalFile journal = new JournalFile(path, lock, read(path));
            journal.rewrite();
            return journal;
        } catch (IOException e) {
            giveBack(lock);
            throw new CacheConfigException(
                    "journalFile = '" + file + "' cannot be used: " + e
                            + ". Name a file in a folder in which this user may write",
                    e);
        } catch (RuntimeException | Error refused) {
            giveBack(lock);
            throw refused;
        }
    }

    private static void giveBack(@Nullable JournalLock lock) {
        if (lock != null) {
            lock.close();
        }
    }

    private static JournalContents read(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return JournalContents.none();
        }
        JournalContents found;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() == 0) {
                return JournalContents.none();
            }
            if (channel.size() > Integer.MAX_VALUE) {
                throw new IOException(channel.size() + " bytes are more than a journal can have");
            }
            ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            byte[] head = new byte[Math.min(HEAD.length, all.remaining())];
            all.get(head);
            if (!Arrays.equals(head, HEAD)) {
                throw new CacheConfigException(
                        "journalFile = '" + path + "' is no journal of this version of Cache Service,"
                                + " and is left as it is: name another file, or remove it if nothing needs it");
            }
            found = JournalContents.read(all.slice());
        }
        tell(path, found);
        return found;
    }

    private static void tell(Path path, JournalContents found) {
        if (found.tornBytes > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "journalFile ''{0}'' ends in the middle of a record ({1} bytes): nobody was told that it is kept, and"
                            + " it is left out",
                    path,
                    found.tornBytes);
        }
        if (found.damagedBytes > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "journalFile ''{0}'' is damaged ({1} bytes are no records): the caches it is about are cleared. Byte"
                            + " entries and caches of format RAW cannot be: what was invalidated there may be read again",
                    path,
                    found.damagedBytes);
        }
        if (!found.owed.isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "journalFile ''{0}'' holds {1} invalidations of before: they are delivered first",
                    path,
                    found.owed.size());
        }
    }

    /** The keys whose removal is owed, as ISO 8859-1, the oldest first. */
    public synchronized List<String> owed() {
        return List.copyOf(owed);
    }

    /** The removal of {@code key} is owed; written when this returns. */
    public synchronized void add(String key) {
        if (!isClosed && owed.add(key)) {
            usefulBytes += JournalRecord.size(key);
            append(new JournalRecord(JournalRecord.Kind.OWED, key));
        }
    }

    /** It is not any more. */
    public synchronized void settle(String key) {
        if (!isClosed && owed.remove(key)) {
            usefulBytes -= JournalRecord.size(key);
            append(new JournalRecord(JournalRecord.Kind.DONE, key));
        }
    }

    /**
     * This journal is about the cache whose entries end with the epoch under {@code key}. Answers whether that epoch is to be
     * removed, since something may have been owed to the cache that was lost; then it is owed already.
     */
    public synchronized boolean cover(String key) {
        if (isClosed || !covered.add(key)) {
            return false;
        }
        usefulBytes += JournalRecord.size(key);
        if (isDoubted) {
            add(key); // first: a process that ends between the two must not find it covered only
        }
        append(new JournalRecord(JournalRecord.Kind.COVERED, key));
        return isDoubted;
    }

    private void append(JournalRecord record) {
        byte[] added = record.bytes();
        if (sinceRewriting != null) {
            sinceRewriting.writeBytes(added);
        }
        FileOutputStream to = out;
        if (to != null) {
            try {
                to.write(added);
                bytes += added.length;
            } catch (IOException e) {
                out = null; // what may stand half there must be the last
                hasFailed = true;
                closeQuietly(to);
                LOG.log(
                        System.Logger.Level.ERROR,
                        "journalFile ''{0}'' cannot be written: {1}. Invalidations are kept in memory alone until it can",
                        path,
                        e);
            }
        }
        tidyLater();
    }

    private void tidyLater() {
        if (!isTidyingDue && !isClosed) {
            isTidyingDue = true;
            var unused = background.schedule(this::tidy, TIDY_AFTER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Forces what was appended to the disk, or writes the file anew; one at a time. */
    void tidy() {
        synchronized (tidying) {
            forceOrRewrite();
        }
    }

    private void forceOrRewrite() {
        FileOutputStream written;
        synchronized (this) {
            isTidyingDue = false;
            if (isClosed) {
                return;
            }
            boolean isMostlyUseless = bytes > SMALL_BYTES && bytes > 2 * usefulBytes;
            written = isMostlyUseless ? null : out;
        }
        try {
            if (written == null) {
                rewrite();
            } else {
                written.getFD().sync();
            }
        } catch (IOException | RuntimeException e) {
            synchronized (this) {
                sinceRewriting = null;
                tidyLater();
            }
            LOG.log(System.Logger.Level.DEBUG, "journalFile could not be forced or written anew", e);
        }
    }

    /** One at a time. Others may append meanwhile. */
    private void rewrite() throws IOException {
        List<JournalRecord> records;
        synchronized (this) {
            sinceRewriting = new ByteArrayOutputStream();
            records = records();
        }
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        OwnerOnly.make(fresh);
        FileOutputStream to = new FileOutputStream(fresh.toFile(), true);
        try {
            write(records, to);
            replaceBy(to, fresh);
        } catch (IOException | RuntimeException | Error failure) {
            closeQuietly(to);
            throw failure;
        }
        syncFolder();
    }

    private List<JournalRecord> records() {
        Set<JournalRecord> records = new LinkedHashSet<>();
        if (isDoubted) {
            records.add(new JournalRecord(JournalRecord.Kind.DOUBTED, ""));
        }
        covered.forEach(key -> records.add(new JournalRecord(JournalRecord.Kind.COVERED, key)));
        owed.forEach(key -> records.add(new JournalRecord(JournalRecord.Kind.OWED, key)));
        return List.copyOf(records);
    }

    private static void write(List<JournalRecord> records, FileOutputStream to) throws IOException {
        OutputStream buffered = new BufferedOutputStream(to, 1 << 16);
        buffered.write(HEAD);
        for (JournalRecord record : records) {
            buffered.write(record.bytes());
        }
        buffered.flush();
        to.getFD().sync();
    }

    private synchronized void replaceBy(FileOutputStream to, Path fresh) throws IOException {
        if (isClosed || sinceRewriting == null) {
            throw new IOException("closed meanwhile");
        }
        to.write(sinceRewriting.toByteArray());
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        FileOutputStream before = out;
        out = to;
        bytes = Files.size(path);
        if (sinceRewriting.size() > 0) {
            tidyLater();
        }
        sinceRewriting = null;
        if (hasFailed) {
            hasFailed = false;
            LOG.log(System.Logger.Level.INFO, "journalFile ''{0}'' is written again", path);
        }
        if (before != null) {
            closeQuietly(before);
        }
    }

    /** So that the new name is there after a power cut too; not every file system can. */
    private void syncFolder() {
        Path folder = path.getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unable) {
            LOG.log(System.Logger.Level.DEBUG, "the folder of journalFile could not be forced", unable);
        }
    }

    private static void closeQuietly(FileOutputStream stream) {
        try {
            stream.close();
        } catch (IOException ofAFileThatIsNotUsedAnyMore) {
            LOG.log(System.Logger.Level.DEBUG, "an old journalFile could not be closed", ofAFileThatIsNotUsedAnyMore);
        }
    }

    private static ScheduledThreadPoolExecutor newBackground() {
        ScheduledThreadPoolExecutor one = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "cache-service-journal");
            thread.setDaemon(true);
            return thread;
        });
        one.setKeepAliveTime(5, TimeUnit.SECONDS);
        one.allowCoreThreadTimeOut(true);
        return one;
    }

    /** Forces what was appended, and lets go of the file; what is owed stays in it. */
    @Override
    public void close() {
        background.shutdownNow();
        boolean isInterrupted = awaitBackground();
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            FileOutputStream last = out;
            out = null;
            if (last != null) {
                try {
                    last.getFD().sync();
                } catch (IOException e) {
                    LOG.log(System.Logger.Level.WARNING, "journalFile ''{0}'' could not be forced: {1}", path, e);
                }
                closeQuietly(last);
            } else if (!owed.isEmpty()) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "journalFile ''{0}'' could not be written to the end: {1} invalidations may be lost",
                        path,
                        owed.size());
            }
        }
        lock.close();
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who opens the file next must not meet a rewriting of ours. Answers whether the caller was interrupted. */
    private boolean awaitBackground() {
        try {
            if (!background.awaitTermination(CLOSE_LIMIT_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "the disk of journalFile ''{0}'' does not answer", path);
            }
            return false;
        } catch (InterruptedException hurried) {
            return true;
        }
    }
}
