package io.cacheservice.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.protocol.RedisCommand;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnansweredTest {
    private static final long USUALLY = Duration.ofMillis(10).toNanos();

    private final Unanswered unanswered = new Unanswered();

    @Test
    void whereNothingIsNearItsEndTheUsualLookIsSoonEnough() {
        unanswered.add(request(Access.READ, 50));

        assertThat(nextLookMillis(0)).isEqualTo(10);
    }

    @Test
    void theNextLookIsWhenTheFirstTimeIsUp() {
        unanswered.add(request(Access.WRITE, 100));
        unanswered.add(request(Access.READ, 50));

        assertThat(nextLookMillis(47)).isEqualTo(3);
    }

    @Test
    void whatEndsTogetherIsLookedAtTogether() {
        unanswered.add(request(Access.READ, 50));

        assertThat(nextLookMillis(50)).isEqualTo(1);
    }

    @Test
    void aStepOfAnOpeningHasNoTimeOfItsOwn() {
        unanswered.add(request(Access.SETUP, 3));

        assertThat(nextLookMillis(0)).isEqualTo(10);
    }

    private long nextLookMillis(long nowMillis) {
        return Duration.ofNanos(unanswered.nextLookNanos(millis(nowMillis), USUALLY))
                .toMillis();
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    private static Request<@Nullable Void> request(Access access, long deadlineMillis) {
        return new Request<>(access, "PING", millis(deadlineMillis), 0) {
            @Override
            void begin(List<RedisCommand<byte[], byte[], ?>> out) {}

            @Override
            @SuppressWarnings("NullAway") // the checker does not see that T is nullable here
            @Nullable
            Void answered(List<RedisCommand<byte[], byte[], ?>> out) {
                return null;
            }
        };
    }
}
