package io.cacheservice.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.internal.journal.JournalRecord.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JournalContentsTest {
    private static final String BINARY = "\u0000\u00ff:ключ".replaceAll("[^\\x00-\\xff]", "x");

    private static final byte[] FOUR = bytes(
            new JournalRecord(Kind.COVERED, "epoch"),
            new JournalRecord(Kind.OWED, "a"),
            new JournalRecord(Kind.OWED, BINARY),
            new JournalRecord(Kind.DONE, "a"));

    private static byte[] bytes(JournalRecord... records) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (JournalRecord record : records) {
            all.writeBytes(record.bytes());
        }
        return all.toByteArray();
    }

    private static JournalContents read(byte[] bytes) {
        return JournalContents.read(ByteBuffer.wrap(bytes));
    }

    @Test
    void whatWasWrittenIsRead() {
        JournalContents contents = read(FOUR);

        assertThat(contents.owed).containsExactly(BINARY);
        assertThat(contents.covered).containsExactly("epoch");
        assertThat(contents.isDoubted).isFalse();
        assertThat(contents.damagedBytes + contents.tornBytes).isZero();
    }

    @Test
    void aSizeIsTheSizeOfTheBytes() {
        assertThat(JournalRecord.size(BINARY)).isEqualTo(new JournalRecord(Kind.OWED, BINARY).bytes().length);
    }

    @Test
    void aRecordThatWasNotFinishedIsLeftOutAndThoseBeforeItAreKept() {
        int last = new JournalRecord(Kind.DONE, "a").bytes().length;
        for (int missing = 1; missing < last; missing++) {
            JournalContents contents = read(Arrays.copyOf(FOUR, FOUR.length - missing));

            assertThat(contents.owed).as("%s bytes missing", missing).containsExactly("a", BINARY);
            assertThat(contents.tornBytes).isEqualTo(last - missing);
            assertThat(contents.isDoubted).isFalse();
        }
    }

    @Test
    void eachBitThatChangesIsNoticedAndCostsAtMostTheRecordItIsIn() {
        for (int bit = 0; bit < FOUR.length * 8; bit++) {
            byte[] changed = FOUR.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));

            JournalContents contents = read(changed);

            assertThat(contents.isDoubted).as("bit %s", bit).isTrue();
            assertThat(contents.owed).containsAll(contents.covered);
            assertThat(contents.owed.contains(BINARY) || contents.covered.contains("epoch"))
                    .isTrue();
        }
    }

    @Test
    void whatWasCutOutOfTheMiddleIsNoticedUnlessItIsWholeRecords() {
        for (int from = 1; from < FOUR.length - 40; from++) {
            byte[] cut = new byte[FOUR.length - 5];
            System.arraycopy(FOUR, 0, cut, 0, from);
            System.arraycopy(FOUR, from + 5, cut, from, cut.length - from);

            assertThat(read(cut).isDoubted).as("5 bytes at %s", from).isTrue();
        }
    }

    @Test
    void zerosThatAPowerCutLeavesAreDamage() {
        JournalContents contents = read(Arrays.copyOf(FOUR, FOUR.length + 30));

        assertThat(contents.owed).containsExactlyInAnyOrder(BINARY, "epoch");
        assertThat(contents.damagedBytes).isEqualTo(30);
    }

    @Test
    void noBytesAreTooMuchForIt() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] any = new byte[random.nextInt(200)];
            random.nextBytes(any);
            if (i % 2 == 0) { // half of a journal, and then anything
                System.arraycopy(FOUR, 0, any, 0, Math.min(any.length, random.nextInt(FOUR.length)));
            }
            JournalContents contents = read(any);
            assertThat(contents.damagedBytes + contents.tornBytes).isLessThanOrEqualTo(any.length);
        }
    }
}
