package io.cacheservice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BatchTest {
    @Test
    void aBatchAsksOneQuestionAboutWhatIsMissing() {
        assertThat(Batch.run())
                .containsExactly(
                        "select [1, 3]",
                        "read [Product[id=3, name=product 3], Product[id=1, name=product 1]]",
                        "select [2, 404]",
                        "read [Product[id=1, name=product 1], Product[id=2, name=product 2],"
                                + " Product[id=3, name=product 3]]");
    }
}
