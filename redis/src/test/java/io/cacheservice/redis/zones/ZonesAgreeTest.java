package io.cacheservice.redis.zones;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheService;
import io.cacheservice.testkit.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many writers of the same keys, in both zones at once: zones never keep two values of a key. */
class ZonesAgreeTest {
    private static final int WRITERS = 8;
    private static final int ROUNDS = 60;
    private static final int KEYS = 5;

    private final TwoZones zones = new TwoZones();
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
        zones.close();
    }

    @Test
    void zonesThatWereWrittenByManyAtOnceHoldOneValueAndHoles() throws Exception {
        zones.inA.toB.jitter(Direction.TO_SERVER, Duration.ofMillis(3), 1);
        zones.inB.toA.jitter(Direction.TO_SERVER, Duration.ofMillis(3), 2);
        CyclicBarrier together = new CyclicBarrier(WRITERS);
        int copies = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Future<?>> writing = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                CacheService service = (writer % 2 == 0 ? zones.inA : zones.inB).service;
                String value = round + "/" + writer;
                writing.add(threads.submit(() -> {
                    together.await();
                    writeOrRemove(service, "k" + ThreadLocalRandom.current().nextInt(KEYS), value);
                    return null;
                }));
            }
            for (Future<?> each : writing) {
                each.get();
            }
            for (int key = 0; key < KEYS; key++) {
                Object inA = zones.a.command("GET", "cache::k" + key);
                Object inB = zones.b.command("GET", "cache::k" + key);
                if (inA != null && inB != null) {
                    assertThat(inA).isEqualTo(inB);
                    copies++;
                }
            }
        }
        assertThat(copies).isPositive();
    }

    private static void writeOrRemove(CacheService service, String key, String value) {
        switch (ThreadLocalRandom.current().nextInt(8)) {
            case 0 -> service.delete(key);
            case 1 -> service.setIfAbsent(key, value.getBytes(UTF_8), Duration.ofHours(1));
            case 2 ->
                CompletableFuture.allOf(
                                service.async().set(key, value.getBytes(UTF_8)).toCompletableFuture(),
                                service.async()
                                        .set(key, (value + "!").getBytes(UTF_8))
                                        .toCompletableFuture())
                        .join();
            default -> service.set(key, value.getBytes(UTF_8), Duration.ofHours(1));
        }
    }
}
