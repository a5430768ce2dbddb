package io.cacheservice.testkit.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.testkit.fuzz.LengthPrefixed.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzCommandTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void aFailureIsPrintedWithTheCommandThatRepeatsIt() throws Exception {
        int code = run(Fault.ONE_VALUE, "--inputs", "50k", "--seed", "7");

        assertThat(code).isEqualTo(1);
        assertThat(text()).containsPattern("again: server/drills/fuzz --targets length-prefixed --seed 7 --only \\d+");
        String index = text().replaceAll("(?s).* --only (\\d+).*", "$1");
        printed.reset();
        assertThat(run(Fault.ONE_VALUE, "--targets", "length-prefixed", "--seed", "7", "--only", index))
                .isEqualTo(1);
        assertThat(text()).contains("FAILED length-prefixed input " + index).contains("something behind an escape");
    }

    @Test
    void theTableSaysHowManyInputsWereAccepted() throws Exception {
        assertThat(run(Fault.NONE, "--inputs", "10k")).isZero();

        assertThat(text()).containsPattern("length-prefixed +10,000 +[2-8]\\d % .* 0\\n");
    }

    @Test
    void whatIsNotUnderstoodIsAnsweredWithTheUsage() throws Exception {
        assertThat(run(Fault.NONE, "--inputs")).isEqualTo(2);
        assertThat(run(Fault.NONE, "--nonsense", "1")).isEqualTo(2);
        assertThat(run(Fault.NONE, "--targets", "none")).isEqualTo(2);
        assertThat(text()).contains("--inputs   how many").contains("there are [length-prefixed]");
    }

    private int run(Fault fault, String... args) throws InterruptedException {
        return new FuzzCommand(new PrintStream(printed, true, UTF_8), List.of(new LengthPrefixed(fault))).run(args);
    }

    private String text() {
        return printed.toString(UTF_8);
    }
}
