package io.cacheservice.redis.internal.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.lettuce.core.protocol.ProtocolVersion;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void aFileWithThousandsOfEmptyLinesIsRefusedByName() throws IOException {
        Path file = Files.writeString(
                folder.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----" + "\n".repeat(100_000) + "MIIB\n");

        assertRefused(file, "empty lines");
    }

    @Test
    void aFileThatIsMuchTooLargeIsRefusedBeforeItIsRead() throws IOException {
        Path file = folder.resolve("disk.img");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(1L << 40);
        }

        assertRefused(file, "1099511627776 bytes");
    }

    private static void assertRefused(Path authorities, String said) {
        CacheConfig config = CacheConfig.builder()
                .url("rediss://localhost")
                .tlsCaFile(authorities.toString())
                .build();
        assertThatThrownBy(() -> DriverSettings.options(config, true, ProtocolVersion.RESP3))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("tlsCaFile = " + authorities)
                .hasMessageContaining(said)
                .hasMessageContaining("PEM");
    }
}
