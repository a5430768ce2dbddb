package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cacheservice.Cache;
import io.cacheservice.CacheBuilder;
import io.cacheservice.CacheConfigException;
import io.cacheservice.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many loads of a cache run at once, whatever is asked of it. */
abstract class LoadGateContract extends TierContract {
    private CacheBuilder<String, String> loading(int atOnce) {
        return texts("g").ttl(LIFE).errorTtl(Duration.ZERO).maxLoads(atOnce);
    }

    @Test
    void noMoreLoadsRunAtOnceThanMayAndNoneIsLost() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Semaphore gate = new Semaphore(0);
        Cache<String, String> cache = loading(2)
                .loader(key -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    gate.acquire();
                    running.decrementAndGet();
                    return "row " + key;
                })
                .open();
        List<CompletableFuture<String>> reads = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            reads.add(cache.async().get("k" + i));
        }
        await().until(() -> running.get() == 2);
        gate.release(10);

        for (int i = 0; i < 10; i++) {
            assertThat(reads.get(i).join()).isEqualTo("row k" + i);
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void aLoadThatIsGivenUpGivesItsPlaceToTheNext() {
        Semaphore gate = new Semaphore(0);
        AtomicBoolean entered = new AtomicBoolean();
        Cache<String, String> cache = loading(1)
                .loadTimeout(Duration.ofMillis(50))
                .loader(key -> {
                    if (key.equals("hangs")) {
                        entered.set(true);
                        gate.acquireUninterruptibly(); // as a loader that does not listen
                    }
                    return "row " + key;
                })
                .open();
        await().until(() -> {
            assertThatThrownBy(() -> cache.get("hangs")).isInstanceOf(SourceException.class);
            return entered.get();
        });

        // its time may be up before a thread is free for it
        await().ignoreExceptionsInstanceOf(SourceException.class)
                .untilAsserted(() -> assertThat(cache.get("next")).isEqualTo("row next"));
        gate.release(1_000);
    }

    @Test
    void whatALoaderAsksOfTheSameCacheDoesNotWaitForThePlaceOfThatLoader() {
        AtomicBoolean inner = new AtomicBoolean();
        List<Cache<String, String>> self = new ArrayList<>();
        self.add(loading(1)
                .loader(key -> {
                    if (key.equals("outer")) {
                        return "outer of " + self.get(0).get("inner");
                    }
                    inner.set(true);
                    return "inner";
                })
                .open());

        assertThat(self.get(0).get("outer")).isEqualTo("outer of inner");
        assertThat(inner).isTrue();
    }

    @Test
    void aBoundThatIsNoneIsRefused() {
        for (int wrong : new int[] {0, -1, 10_001}) {
            assertThatThrownBy(() -> loading(wrong))
                    .isInstanceOf(CacheConfigException.class)
                    .hasMessageContaining("maxLoads " + wrong)
                    .hasMessageContaining("1 to 10000");
        }
    }
}
