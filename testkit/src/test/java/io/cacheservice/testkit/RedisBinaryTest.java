package io.cacheservice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisBinaryTest {
    @Test
    void aCommandLineIsCutAtBlanks() {
        assertThat(RedisBinary.split(" ld.so --argv0 valkey-server  --library-path /lib valkey-check-rdb "))
                .containsExactly("ld.so", "--argv0", "valkey-server", "--library-path", "/lib", "valkey-check-rdb");
    }

    @Test
    void aPathWithBlanksIsOneWord(@TempDir Path folder) throws Exception {
        Path program = Files.createFile(folder.resolve("redis server"));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(RedisBinary.split(program.toString())).containsExactly(program.toString());
    }
}
