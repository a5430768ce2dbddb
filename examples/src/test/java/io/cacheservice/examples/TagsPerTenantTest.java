package io.cacheservice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TagsPerTenantTest {
    @Test
    void oneCallInvalidatesAllOfATenantAndNobodyElses() {
        assertThat(TagsPerTenant.run())
                .isEqualTo(
                        "acme kept: false, globex kept: true," + " loaded anew: Invoice[id=1, tenant=acme, cents=3]");
    }
}
