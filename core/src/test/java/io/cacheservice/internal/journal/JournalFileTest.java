package io.cacheservice.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("owed.journal");
    }

    private JournalFile open() {
        return JournalFile.open(file.toString());
    }

    private List<String> owed() {
        try (JournalFile journal = open()) {
            return journal.owed();
        }
    }

    @Test
    void whatIsOwedIsThereWhenTheFileIsOpenedAgain() {
        try (JournalFile journal = open()) {
            journal.add("a");
            journal.add("b");
            journal.add("a");
            journal.settle("b");
            journal.settle("never added");
        }

        assertThat(owed()).containsExactly("a");
    }

    @Test
    void whatIsOwedIsThereAfterAKill() throws IOException {
        try (HoldsAJournal process = HoldsAJournal.start(file, 1_000, 100)) {
            assertThat(process.says()).isEqualTo("open");
        }

        assertThat(owed()).hasSize(100);
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        try (JournalFile journal = open()) {
            journal.add("a");
            try (var files = Files.list(folder)) {
                assertThat(files)
                        .hasSize(2)
                        .allSatisfy(
                                each -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void aFileThatWasReadableByOthersIsNotAnyMore() throws IOException {
        open().close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        open().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aSecondServiceIsRefusedTheFileInThisProcessAndInOthersWhateverWasTriedBetween() throws IOException {
        try (JournalFile journal = open()) {
            journal.add("a");
            assertThatThrownBy(this::open)
                    .isInstanceOf(CacheConfigException.class)
                    .hasMessageContaining("journalFile")
                    .hasMessageContaining("another service of this process");
            try (HoldsAJournal other = HoldsAJournal.start(file, 1_000, 0)) {
                assertThat(other.says())
                        .contains("in use by process " + ProcessHandle.current().pid())
                        .contains("name another");
            }
        }
        try (HoldsAJournal other = HoldsAJournal.start(file, 1_000, 0)) {
            assertThat(other.says()).isEqualTo("open");
            assertThatThrownBy(this::open).hasMessageContaining("in use by process " + other.pid());
        }
        assertThat(owed()).containsExactly("a");
    }

    @Test
    void aFileThatWasRefusedCanBeOpenedLater() throws IOException {
        Files.writeString(file, "the diary of somebody");
        assertThatThrownBy(this::open)
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("is no journal")
                .hasMessageContaining("name another file");
        assertThat(file).hasContent("the diary of somebody");

        Files.delete(file);
        assertThat(owed()).isEmpty();
    }

    @Test
    void anEmptyFileIsANewOne() throws IOException {
        Files.createFile(file);

        assertThat(owed()).isEmpty();
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> JournalFile.open(folder.resolve("no/where").toString()))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("no/where")
                .hasMessageContaining("a folder that exists");
        assertThatThrownBy(() -> JournalFile.open(folder.toString())).hasMessageContaining("is refused");
    }

    @Test
    void aCallerWhoIsInterruptedKeepsNobodyFromWriting() {
        try (JournalFile journal = open()) {
            Thread.currentThread().interrupt();
            journal.add("a");
            assertThat(Thread.interrupted()).isTrue();
            journal.add("b");
        }

        assertThat(owed()).containsExactly("a", "b");
    }

    @Test
    void theFileIsWrittenAnewWhenMostOfItIsOfNoUse() throws IOException {
        try (JournalFile journal = open()) {
            journal.add("stays");
            for (int i = 0; i < 10_000; i++) {
                journal.add("key-" + i);
                journal.settle("key-" + i);
            }
            assertThat(Files.size(file)).isGreaterThan(300_000);
            journal.tidy();
            assertThat(Files.size(file)).isLessThan(100);
            journal.add("later");
        }

        assertThat(owed()).containsExactly("stays", "later");
    }

    @Test
    void whatIsAddedWhileTheFileIsWrittenAnewIsInTheNewOne() throws Exception {
        int threads = 3;
        int each = 20_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<String> expected;
        try (JournalFile journal = open()) {
            List<? extends Future<?>> adding = IntStream.range(0, threads)
                    .mapToObj(thread -> pool.submit(() -> {
                        for (int i = 0; i < each; i++) {
                            journal.add(thread + "-" + i);
                            if (i % 10 != 0) {
                                journal.settle(thread + "-" + i);
                            }
                        }
                    }))
                    .toList();
            while (!adding.stream().allMatch(Future::isDone)) {
                journal.tidy();
            }
            for (Future<?> one : adding) {
                one.get();
            }
            expected = journal.owed();
        } finally {
            pool.shutdownNow();
        }
        assertThat(expected).hasSize(threads * each / 10);
        assertThat(owed()).hasSameElementsAs(expected);
    }

    @Test
    void aDamagedFileClearsTheCachesItNamesAndThoseItHasNotMetYet() throws IOException {
        try (JournalFile journal = open()) {
            assertThat(journal.cover("epoch of one")).isFalse();
            journal.add("a");
            journal.add("b");
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 20]++;
        Files.write(file, bytes);

        try (JournalFile journal = open()) {
            assertThat(journal.owed()).contains("epoch of one").hasSize(2);
            journal.settle("epoch of one");
            assertThat(journal.cover("epoch of one")).isFalse();
        }
        try (JournalFile journal = open()) {
            assertThat(journal.owed()).doesNotContain("epoch of one");
            assertThat(journal.cover("epoch of another"))
                    .as("met after a restart")
                    .isTrue();
            assertThat(journal.owed()).contains("epoch of another");
            assertThat(journal.cover("epoch of another")).isFalse();
        }
    }

    @Test
    void aDiskThatIsFullCostsNoInvalidationThatIsInTheFileAndIsWrittenAgainWhenThereIsRoom() throws IOException {
        int keys = 10_000;
        try (HoldsAJournal process = HoldsAJournal.start(file, 100, keys)) {
            assertThat(process.says()).isEqualTo("open");
            assertThat(Files.size(file)).isEqualTo(100 * 1024);
            process.tell();
            assertThat(process.says()).isEqualTo("settled");
        }

        assertThat(owed()).containsExactly("key-" + (keys - 1));
    }

    @Test
    void afterTheCloseNothingIsWritten() {
        JournalFile journal = open();
        journal.add("a");
        journal.close();
        journal.close();
        journal.settle("a");
        journal.add("b");
        assertThat(journal.cover("c")).isFalse();

        assertThat(owed()).containsExactly("a");
    }
}
