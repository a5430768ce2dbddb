package io.cacheservice.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadedTest {
    private final List<String> changes = new ArrayList<>();
    private Path file;

    @BeforeEach
    void write(@TempDir Path folder) throws Exception {
        file = Files.writeString(folder.resolve("words"), "good 1");
    }

    private Reloaded<String> open() {
        return Reloaded.open("words", List.of(file), ReloadedTest::read, changes::add);
    }

    private static String read(List<byte[]> contents) {
        String text = new String(contents.get(0), UTF_8);
        if (!text.startsWith("good")) {
            throw new CacheConfigException("it is not good");
        }
        return text;
    }

    @Test
    void aChangeIsTakenAtTheNextLookHoweverSoonAndSmall() throws Exception {
        Reloaded<String> words = open();
        for (int i = 2; i < 9; i++) {
            Files.writeString(file, "good " + i);
            words.look();
            assertThat(words.current()).isEqualTo("good " + i);
        }
        assertThat(changes).hasSize(7);
    }

    @Test
    void aFileThatIsMovedIntoPlaceIsTaken() throws Exception {
        Reloaded<String> words = open();
        Path next = Files.writeString(file.resolveSibling("next"), "good 2");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        words.look();

        assertThat(words.current()).isEqualTo("good 2");
    }

    @Test
    void aBrokenOrMissingFileKeepsTheLastGoodReadingAndSaysSo() throws Exception {
        Reloaded<String> words = open();

        Files.writeString(file, "bad");
        words.look();
        assertThat(words.current()).isEqualTo("good 1");
        assertThat(words.isStale()).isTrue();

        Files.delete(file);
        words.look();
        assertThat(words.current()).isEqualTo("good 1");
        assertThat(words.isStale()).isTrue();

        Files.writeString(file, "good 1");
        words.look();
        assertThat(words.isStale()).isFalse();
        assertThat(changes).isEmpty();
    }

    @Test
    void aBrokenFileStopsTheStartWithItsSettingAndName() throws Exception {
        Files.writeString(file, "bad");

        assertThatThrownBy(this::open)
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContainingAll("words is refused", file.toString(), "it is not good");
    }

    @Test
    void aHugeFileIsRefused() throws Exception {
        Files.write(file, new byte[(1 << 20) + 1]);

        assertThatThrownBy(this::open).hasMessageContaining("larger than");
    }
}
