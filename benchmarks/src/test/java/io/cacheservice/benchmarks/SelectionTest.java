package io.cacheservice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final List<String> SUBJECTS = List.of("ours", "baseline", "theirs");

    @Test
    void anEmptyExpressionSelectsEverything() {
        assertThat(subjects("")).isEqualTo(SUBJECTS);
    }

    @Test
    void theBaselineRunsWithWhatIsSelected() {
        assertThat(subjects("get-1KB/theirs")).containsExactly("baseline", "theirs");
    }

    @Test
    void aCaseWithNothingSelectedDoesNotRunForItsBaseline() {
        assertThat(subjects("set-1KB")).isEmpty();
    }

    private static List<String> subjects(String only) {
        return new Selection(false, Pattern.compile(only)).subjects("get-1KB", SUBJECTS, List.of("baseline"));
    }
}
