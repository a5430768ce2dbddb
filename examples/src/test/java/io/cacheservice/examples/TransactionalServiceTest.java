package io.cacheservice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TransactionalServiceTest {
    @Test
    void aReadAfterTheTransactionSeesWhatItChanged() throws Exception {
        assertThat(TransactionalService.run()).isEqualTo("100 -> 150");
    }
}
