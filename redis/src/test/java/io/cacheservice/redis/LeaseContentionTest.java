package io.cacheservice.redis;

import static io.cacheservice.redis.Placeholders.LONG_MILLIS;
import static io.cacheservice.redis.Placeholders.placeholder;
import static io.cacheservice.redis.Placeholders.take;
import static io.cacheservice.redis.Tiers.await;
import static io.cacheservice.redis.Tiers.bytes;
import static io.cacheservice.redis.Tiers.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.internal.entry.Versions;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.LeaseAnswer.State;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.testkit.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many who ask at once, in two processes' worth of connections. */
@Timeout(120)
class LeaseContentionTest {
    private static final int THREADS = 64;
    private static final int ROUNDS = 40;

    @Test
    void ofAllWhoAskForALeaseOneHasIt() throws Exception {
        contend(tier -> tier.lease(bytes("k"), placeholder(), LONG_MILLIS, null), "DEL");
    }

    @Test
    void ofAllWhoAskForARefreshOneHasIt() throws Exception {
        contend(
                tier -> tier.refreshLease(bytes("k"), placeholder(), LONG_MILLIS, Versions.of(bytes("seen"))),
                "SET",
                "seen");
    }

    /** @param prepare the command on the key with which each round begins, and its arguments */
    private static void contend(Function<RemoteTier, Lease> ask, String prepare, String... arguments) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier together = new CyclicBarrier(THREADS);
        try (RedisServer redis = RedisServer.start();
                RemoteTier first = Tiers.open(Tiers.config(redis.url()));
                RemoteTier second = Tiers.open(Tiers.config(redis.url()))) {
            for (int round = 0; round < ROUNDS; round++) {
                List<String> command = new ArrayList<>(List.of(prepare, "k"));
                command.addAll(List.of(arguments));
                redis.command(command.toArray(String[]::new));
                List<Future<Boolean>> stored = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    Lease lease = ask.apply(i % 2 == 0 ? first : second);
                    String value = round + "/" + i;
                    stored.add(threads.submit(() -> {
                        together.await();
                        return take(lease) == State.GRANTED && await(lease.fill(bytes(value), LONG_MILLIS));
                    }));
                }
                List<String> holders = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    if (stored.get(i).get(60, TimeUnit.SECONDS)) {
                        holders.add(round + "/" + i);
                    }
                }
                assertThat(holders).containsExactly(text(await(first.get(bytes("k"), false))));
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
