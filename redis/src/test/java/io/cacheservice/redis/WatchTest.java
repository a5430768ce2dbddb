package io.cacheservice.redis;

import io.netty.util.concurrent.DefaultEventExecutorGroup;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asking again who serves what. */
class WatchTest {
    private final DefaultEventExecutorGroup executor = new DefaultEventExecutorGroup(1);

    @AfterEach
    void stop() {
        var unused = executor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void aRoundThatCannotEvenBeginIsFollowedByTheNext() {
        AtomicInteger rounds = new AtomicInteger();
        Watch watch = new Watch(executor, Duration.ofSeconds(10), () -> {
            if (rounds.incrementAndGet() == 1) {
                throw new IllegalStateException("the password file is being written");
            }
            return CompletableFuture.completedFuture(true);
        });
        watch.suspected();

        Awaitility.await().until(() -> rounds.get() == 2);
        watch.close();
    }
}
