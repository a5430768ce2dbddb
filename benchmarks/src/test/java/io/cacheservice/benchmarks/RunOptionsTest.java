package io.cacheservice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunOptionsTest {
    @Test
    void aSuiteAloneRunsAllOfItIntoItsResultFile() {
        RunOptions options = RunOptions.parse("redis");

        assertThat(options.suite()).isEqualTo("redis");
        assertThat(options.selection().quick()).isFalse();
        assertThat(options.selection().only().pattern()).isEmpty();
        assertThat(options.gate()).isFalse();
        assertThat(options.output()).isEqualTo(Path.of("benchmarks", "results", "redis.json"));
    }

    @Test
    void optionsMayStandBeforeAndAfterTheSuite() {
        RunOptions options = RunOptions.parse("--quick", "local", "--only", "hot", "--gate", "--out", "here.json");

        assertThat(options.selection().quick()).isTrue();
        assertThat(options.selection().only().pattern()).isEqualTo("hot");
        assertThat(options.gate()).isTrue();
        assertThat(options.output()).isEqualTo(Path.of("here.json"));
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> RunOptions.parse("--qick", "local"))
                .withMessage("\"--qick\" is neither an option nor a suite");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> RunOptions.parse())
                .withMessageContaining(
                        "expected one of [local, redis, batch, options, cluster, coherence, stampede, outage, compression, start]");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> RunOptions.parse("local", "--only"))
                .withMessage("--only needs a value");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> RunOptions.parse("local", "--only", "("))
                .withMessageContaining("--only: ");
    }
}
