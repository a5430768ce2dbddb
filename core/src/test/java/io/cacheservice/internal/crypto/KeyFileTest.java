package io.cacheservice.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfigException;
import io.cacheservice.TimeSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    private static final String ONE = "1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String TWO = "2 BBECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @TempDir
    private Path folder;

    private Path file;
    private long nowNanos;

    private final TimeSource time = new TimeSource() {
        @Override
        public long nanoTime() {
            return nowNanos;
        }

        @Override
        public long epochMillis() {
            return 0;
        }
    };

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("keys");
        Files.writeString(file, ONE);
    }

    @Test
    void aChangeIsSeenAfterTwoSeconds() throws IOException {
        KeyFile keys = new KeyFile(file, time);
        Files.writeString(file, TWO + "\n" + ONE);
        assertThat(keys.get().first()).isEqualTo(1);
        nowNanos += Duration.ofSeconds(2).toNanos();
        assertThat(keys.get().first()).isEqualTo(2);
    }

    @Test
    void whatABrokenFileSaidBeforeStaysInUse() throws IOException {
        KeyFile keys = new KeyFile(file, time);
        Files.writeString(file, "nonsense");
        nowNanos += Duration.ofSeconds(2).toNanos();
        assertThat(keys.get().first()).isEqualTo(1);
        Files.delete(file);
        nowNanos += Duration.ofSeconds(2).toNanos();
        assertThat(keys.get().first()).isEqualTo(1);
        Files.writeString(file, TWO);
        nowNanos += Duration.ofSeconds(2).toNanos();
        assertThat(keys.get().first()).isEqualTo(2);
    }

    @Test
    void aFileThatCannotBeReadStopsTheStart() {
        assertThatThrownBy(() -> new KeyFile(folder.resolve("none"), time))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("encryptionKeysFile")
                .hasMessageContaining("none");
    }

    @Test
    void aFileThatIsMuchTooLargeIsRefusedBeforeItIsRead() throws IOException {
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(1L << 40);
        }
        assertThatThrownBy(() -> new KeyFile(file, time))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("1099511627776 bytes");
    }
}
