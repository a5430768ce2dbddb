package io.cacheservice.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void aDetailThatRepeatsMuchOfWhatTheCallerSentIsCut() {
        Problem problem = Problem.badRequest("x".repeat(10_000_000));

        assertThat(problem.detail()).hasSize(2_003).endsWith("x...");
    }

    @Test
    void noCharacterIsCutInTwo() {
        Problem problem = Problem.badRequest("x".repeat(1_999) + "\ud83d\ude00" + "x");

        assertThat(problem.detail()).endsWith("x...").hasSize(2_002);
        assertThat(Json.MAPPER.readTree(problem.toJson()).path("detail").asString())
                .isEqualTo(problem.detail());
    }
}
