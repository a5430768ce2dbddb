package io.cacheservice.internal.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cacheservice.CacheConfigException;
import io.cacheservice.internal.journal.JournalRecord.Kind;
import io.cacheservice.testkit.fuzz.Corpus;
import io.cacheservice.testkit.fuzz.Demand;
import io.cacheservice.testkit.fuzz.FuzzInput;
import io.cacheservice.testkit.fuzz.FuzzTarget;
import io.cacheservice.testkit.fuzz.ScratchFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Files of journals: what is left of them is read, and what may be lost is made up for by clearing the caches that the file
 * names. Most inputs are bytes; one in 16 is a file that a service opens, goes on with and opens again.
 */
public final class JournalsTarget implements FuzzTarget {
    private static final String LATER = "cache:later:1";
    private static final byte[] HEAD = "cache-service journal 1\n".getBytes(ISO_8859_1);

    private final List<List<JournalRecord>> examples = List.of(
            List.of(),
            List.of(record(Kind.COVERED, "cache:~e:users"), record(Kind.OWED, "cache:users:1")),
            List.of(
                    record(Kind.COVERED, "cache:~e:users"),
                    record(Kind.COVERED, "cache:~e:orders"),
                    record(Kind.OWED, "cache:users:1"),
                    record(Kind.OWED, "cache:orders:\u00e9\u0000"),
                    record(Kind.DONE, "cache:users:1"),
                    record(Kind.OWED, "cache:users:2"),
                    record(Kind.DONE, "cache:orders:\u00e9\u0000"),
                    record(Kind.OWED, "cache:users:1")),
            List.of(record(Kind.DOUBTED, ""), record(Kind.COVERED, "cache:~e:a"), record(Kind.OWED, "cache:~e:a")),
            many());
    private final Corpus corpus = Corpus.of(
            examples.stream().map(JournalsTarget::file).toList(),
            List.of(
                    HEAD,
                    new byte[] {0x7f, -1, -1, -1},
                    new byte[] {-1, -1, -1, -1},
                    record(Kind.DOUBTED, "").bytes(),
                    record(Kind.COVERED, "cache:~e:b").bytes(),
                    record(Kind.OWED, "cache:b:1").bytes(),
                    // a head that holds and promises two gigabytes
                    endless()));
    private final Logger log = Logger.getLogger("io.cacheservice");
    private final ScratchFile scratch;
    private @Nullable Level levelBefore;
    private boolean isQuiet;

    /** For the service loader. */
    public JournalsTarget() throws IOException {
        scratch = new ScratchFile("journal");
    }

    private static JournalRecord record(Kind kind, String key) {
        return new JournalRecord(kind, key);
    }

    private static List<JournalRecord> many() {
        return IntStream.range(0, 60)
                .mapToObj(i -> record(i % 3 == 2 ? Kind.DONE : Kind.OWED, "cache:items:" + i % 20))
                .toList();
    }

    private static byte[] endless() {
        byte[] head = new byte[JournalRecord.HEAD_BYTES];
        ByteBuffer bytes = ByteBuffer.wrap(head).putInt(Integer.MAX_VALUE).put((byte) Kind.OWED.code);
        java.util.zip.CRC32C checksum = new java.util.zip.CRC32C();
        checksum.update(head, 0, 5);
        bytes.putInt((int) checksum.getValue());
        return head;
    }

    private static byte[] file(List<JournalRecord> records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(HEAD);
        bytes.writeBytes(bytes(records));
        return bytes.toByteArray();
    }

    private static byte[] bytes(List<JournalRecord> records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        records.forEach(record -> bytes.writeBytes(record.bytes()));
        return bytes.toByteArray();
    }

    @Override
    public String name() {
        return "journals";
    }

    @Override
    public int share() {
        return 100;
    }

    /** What damage is passed over byte by byte. */
    @Override
    public long mostAllocatedBytes() {
        return 16L << 20;
    }

    @Override
    public boolean take(FuzzInput input) throws IOException {
        return switch (input.random().nextInt(16)) {
            case 0 -> opened(input.mutated(corpus));
            case 1, 2, 3, 4 -> cut(input);
            case 5, 6, 7, 8 -> damagedInOnePlace(input);
            default -> read(input.mutated(corpus));
        };
    }

    /** A file of which the end is missing: all that was finished is there, and no cache is cleared. */
    private boolean cut(FuzzInput input) {
        List<JournalRecord> records = input.pick(examples);
        byte[] whole = bytes(records);
        byte[] cut = java.util.Arrays.copyOf(whole, input.random().nextInt(whole.length + 1));
        List<JournalRecord> finished = new ArrayList<>();
        int end = 0;
        for (JournalRecord record : records) {
            if (end + record.bytes().length > cut.length) {
                break;
            }
            end += record.bytes().length;
            finished.add(record);
        }
        JournalContents found = JournalContents.read(ByteBuffer.wrap(input.show(cut)));
        JournalContents expected = JournalContents.read(ByteBuffer.wrap(bytes(finished)));
        Demand.that(found.tornBytes == cut.length - end && found.damagedBytes == 0, "a torn end");
        Demand.that(found.isDoubted == expected.isDoubted, "no more doubt than before");
        Demand.that(found.owed.equals(expected.owed), "what was finished is owed: " + expected.owed);
        return true;
    }

    /** One record is not what was written: the others are read, and the caches are cleared. */
    private boolean damagedInOnePlace(FuzzInput input) {
        List<JournalRecord> records = input.pick(examples.subList(1, examples.size()));
        int which = input.random().nextInt(records.size());
        byte[] record = records.get(which).bytes();
        byte[] changed = record.clone();
        int flips = 1 + input.random().nextInt(4);
        for (int i = 0; i < flips; i++) {
            changed[input.random().nextInt(changed.length)] ^=
                    (byte) (1 << input.random().nextInt(8));
        }
        List<JournalRecord> others = new ArrayList<>(records);
        others.remove(which);
        byte[] before = bytes(records.subList(0, which));
        byte[] after = bytes(records.subList(which + 1, records.size()));
        ByteBuffer damaged = ByteBuffer.allocate(before.length + changed.length + after.length);
        damaged.put(before).put(changed).put(after).flip();
        JournalContents found = JournalContents.read(damaged);
        if (!java.util.Arrays.equals(record, changed)) {
            JournalContents expected = JournalContents.read(ByteBuffer.wrap(bytes(others)));
            Demand.that(found.isDoubted && found.damagedBytes > 0, "the damage is seen");
            Demand.that(found.owed.containsAll(expected.owed), "the others are read: " + expected.owed);
            Demand.that(found.owed.containsAll(found.covered), "the caches are cleared: " + found.covered);
        }
        return true;
    }

    private boolean read(byte[] file) {
        if (file.length < HEAD.length) {
            return false;
        }
        ByteBuffer records = ByteBuffer.wrap(file, HEAD.length, file.length - HEAD.length)
                .slice()
                .asReadOnlyBuffer();
        JournalContents found = JournalContents.read(records);
        Demand.that(found.tornBytes >= 0 && found.damagedBytes >= 0, "counts");
        Demand.that(found.tornBytes + found.damagedBytes <= records.limit(), "no more damage than bytes");
        Demand.that(length(found.owed) + length(found.covered) <= 2L * records.limit(), "keys that stand there");
        Demand.that(found.damagedBytes == 0 || found.isDoubted, "damage makes doubt");
        Demand.that(found.damagedBytes == 0 || found.owed.containsAll(found.covered), "the caches are cleared");
        return found.damagedBytes == 0;
    }

    private static long length(Set<String> keys) {
        return keys.stream().mapToLong(String::length).sum();
    }

    /** What a service makes of a file, and finds when it opens it again. */
    private boolean opened(byte[] bytes) throws IOException {
        quieten();
        Path file = scratch.with(bytes);
        List<String> owed;
        try (JournalFile journal = JournalFile.open(file.toString())) {
            owed = new ArrayList<>(journal.owed());
            journal.add(LATER);
        } catch (CacheConfigException refused) {
            String message = String.valueOf(refused.getMessage());
            Demand.that(message.contains(file.toString()) && message.length() < 1_000, "the file: " + message);
            Demand.that(
                    java.util.Arrays.equals(Files.readAllBytes(file), bytes), "a file that is refused stays as it is");
            return false;
        }
        if (!owed.contains(LATER)) {
            owed.add(LATER);
        }
        try (JournalFile again = JournalFile.open(file.toString())) {
            Demand.that(again.owed().equals(owed), "what is owed stays so: " + owed);
        }
        return true;
    }

    /** Each damage is told; here a million times. */
    private void quieten() {
        if (!isQuiet) {
            levelBefore = log.getLevel();
            log.setLevel(Level.OFF);
            isQuiet = true;
        }
    }

    @Override
    public void close() throws IOException {
        if (isQuiet) {
            log.setLevel(levelBefore);
        }
        for (String other : List.of("journal.lock", "journal.new")) {
            Files.deleteIfExists(scratch.with(new byte[0]).resolveSibling(other));
        }
        scratch.close();
    }
}
