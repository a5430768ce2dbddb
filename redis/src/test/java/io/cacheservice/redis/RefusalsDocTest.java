package io.cacheservice.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.redis.internal.server.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/redis.md} lists what Redis refuses. {@code -Dupdate.docs=true} writes the list anew. */
class RefusalsDocTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "redis.md");
    private static final String BEGIN = "<!-- refusals: written by RefusalsDocTest -->\n";
    private static final String END = "<!-- end of refusals -->\n";

    @Test
    void theListIsWhatTheCodeSays() throws IOException {
        String text = Files.readString(DOCUMENT);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);
        assertThat(text).contains(BEGIN, END);
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(DOCUMENT, text.substring(0, from) + list() + text.substring(to));
        }
        String now = Files.readString(DOCUMENT);
        assertThat(now.substring(from, now.indexOf(END)))
                .as("docs/redis.md; write it anew with -Dupdate.docs=true")
                .isEqualTo(list());
    }

    private static String list() {
        String rows = Arrays.stream(Refusal.values())
                .filter(refusal -> refusal != Refusal.OTHER && refusal != Refusal.NO_SCRIPT)
                .map(refusal -> "| `" + refusal.beginning() + "` | " + refusal.reason() + " | " + refusal.remedy()
                        + " | " + (refusal.isLasting() ? "stops the start" : "tried again") + " |\n")
                .collect(Collectors.joining());
        return "\n| Reply begins with | Reason | Remedy | While connecting |\n| --- | --- | --- | --- |\n" + rows
                + "\n";
    }
}
