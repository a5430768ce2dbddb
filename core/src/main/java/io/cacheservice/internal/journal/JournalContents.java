package io.cacheservice.internal.journal;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a journal's file says. Reading is a pure function of its bytes.
 *
 * <p>A record whose end is missing at the end of the file was being written when the process ended: nobody was told that it is
 * kept, so it is left out. Any other bytes that are no record stand for records that are lost. What is readable behind them is read,
 * and {@link #owed} then holds the epochs of all caches that the file names: they are cleared instead.
 */
final class JournalContents {
    /** Keys whose removal is owed, the oldest first. */
    final Set<String> owed = new LinkedHashSet<>();

    /** The epochs of the caches it is about. */
    final Set<String> covered = new LinkedHashSet<>();

    /** Whether records were lost, now or before. */
    boolean isDoubted;

    /** Bytes in the middle that are no record. */
    int damagedBytes;

    /** Bytes of the record at the end that was not finished. */
    int tornBytes;

    private JournalContents() {}

    static JournalContents none() {
        return new JournalContents();
    }

    /** @param records the bytes from the first record on */
    static JournalContents read(ByteBuffer records) {
        JournalContents contents = new JournalContents();
        int end = records.limit();
        int at = 0;
        while (at < end) {
            if (end - at < JournalRecord.HEAD_BYTES) {
                contents.tornBytes = end - at;
                break;
            }
            long size = JournalRecord.size(records, at);
            if (size > end - at) {
                contents.tornBytes = end - at;
                break;
            }
            JournalRecord record = size == 0 ? null : JournalRecord.read(records, at, (int) size);
            if (record == null) { // the next record may begin anywhere behind
                contents.damagedBytes++;
                at++;
            } else {
                contents.add(record);
                at += (int) size;
            }
        }
        contents.settle();
        return contents;
    }

    private void add(JournalRecord record) {
        switch (record.kind()) {
            case OWED -> owed.add(record.key());
            case DONE -> owed.remove(record.key());
            case COVERED -> covered.add(record.key());
            case DOUBTED -> isDoubted = true;
        }
    }

    private void settle() {
        if (damagedBytes > 0) {
            damagedBytes += tornBytes; // whatever they are, they are no good
            tornBytes = 0;
            isDoubted = true;
            owed.addAll(covered);
        }
    }
}
