package io.cacheservice.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedArrayOutputTest {
    private final BoundedArrayOutput output = new BoundedArrayOutput();

    @Test
    void listsInListsAreRead() {
        output.multi(2);
        output.set(1);
        output.multi(1);
        output.set(2);
        output.complete(2);
        output.complete(1);

        assertThat(output.get()).isEqualTo(List.of(1L, List.of(2L)));
    }

    @Test
    void noRoomIsMadeForElementsThatAreOnlyAnnounced() {
        assertThatThrownBy(() -> output.multi(Integer.MAX_VALUE)).hasMessageContaining("2147483647 elements");
    }

    @Test
    void neitherIsItInsideOfAList() {
        output.multi(2);

        assertThatThrownBy(() -> output.multi(1 << 30)).isInstanceOf(IllegalStateException.class);
    }
}
