package io.cacheservice.benchmarks.lag;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlackboardTest {
    private final Path file;

    BlackboardTest() throws IOException {
        file = Blackboard.newFile();
    }

    @AfterEach
    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    @Test
    void whatOneSideWritesTheOtherReads() {
        Blackboard writer = Blackboard.in(file);
        Blackboard reader = Blackboard.in(file);

        writer.turn(Blackboard.NOBODY);
        assertThat(reader.turn()).isEqualTo(Blackboard.NOBODY);
        writer.turn(3);
        assertThat(reader.turn()).isEqualTo(3);

        reader.ready(-7);
        reader.seen(5, 70);
        reader.reads(2);
        assertThat(writer.readyNanoTime()).isEqualTo(-7);
        assertThat(writer.seenVersion()).isEqualTo(5);
        assertThat(writer.seenNanoTime()).isEqualTo(70);
        assertThat(writer.reads()).isEqualTo(2);
    }
}
