package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cacheservice.Cache;
import io.cacheservice.CacheBuilder;
import io.cacheservice.CacheConfigException;
import io.cacheservice.SourceException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How long readers wait for a load, how long a load may take, and for how long its failure is remembered. */
abstract class LoadTimeoutContract extends TierContract {
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Source source = new Source();

    private CacheBuilder<String, String> loading() {
        return texts("t").ttl(LIFE).errorTtl(Duration.ZERO).loader(source);
    }

    @AfterEach
    void letLoadsEnd() {
        source.goOn();
    }

    @Test
    void afterTheHardTimeoutAReaderIsToldAndTheLoadGoesOn() {
        source.stop();
        Cache<String, String> cache = loading().hardTimeout(SHORT).open();

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(SourceException.class)
                .cause()
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("hardTimeout");
        source.goOn();
        await().untilAsserted(() -> assertThat(cache.getIfPresent("k")).isEqualTo("row 1"));
        assertThat(source.loads()).isEqualTo(1);
    }

    @Test
    void afterTheHardTimeoutTheDefaultIsGivenWhereThereIsOne() {
        source.stop();
        Cache<String, String> cache =
                loading().hardTimeout(SHORT).onError(key -> "default").open();

        assertThat(cache.get("k")).isEqualTo("default");
    }

    @Test
    void aLoadThatTakesTooLongIsInterruptedAndHasFailed() {
        AtomicBoolean interrupted = new AtomicBoolean();
        Cache<String, String> cache = loading()
                .loadTimeout(SHORT)
                .loader(key -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                        throw e;
                    }
                    return "never";
                })
                .open();

        // the time may be up before a thread is free for the load
        await().until(() -> {
            assertThatThrownBy(() -> cache.get("k"))
                    .isInstanceOf(SourceException.class)
                    .cause()
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("loadTimeout");
            return interrupted.get();
        });
        assertThat(cache.stats().loadFailures()).isPositive();
    }

    @Test
    void whatItBringsAllTheSameIsDroppedAndTheKeyIsFreeForTheNext() {
        AtomicBoolean entered = new AtomicBoolean();
        Semaphore gate = new Semaphore(0);
        Cache<String, String> cache = loading()
                .loadTimeout(SHORT)
                .loader(key -> {
                    entered.set(true);
                    gate.acquireUninterruptibly(); // as a loader that does not listen
                    return "late";
                })
                .open();
        await().until(() -> {
            assertThatThrownBy(() -> cache.get("k")).isInstanceOf(SourceException.class);
            return entered.get();
        });

        cache.put("k", "next");
        gate.release(1_000);
        await().until(() -> cache.stats().loads().late() > 0);
        assertThat(cache.getIfPresent("k")).isEqualTo("next");
    }

    @Test
    void aFailureIsRememberedForItsTtl() {
        IOException cause = new IOException("no database");
        source.fail(cause);
        Cache<String, String> cache = loading().errorTtl(LIFE).open();
        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(SourceException.class);
        source.fail(null);

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(SourceException.class)
                .cause()
                .isSameAs(cause);
        assertThat(source.loads()).isEqualTo(1);
        assertThat(cache.get("other")).as("another key").isEqualTo("row 2");
    }

    @Test
    void thenTheSourceIsAskedAgain() {
        source.fail(new IOException("no database"));
        Cache<String, String> cache = loading().errorTtl(Duration.ofMillis(100)).open();
        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(SourceException.class);
        source.fail(null);

        assertThat(onceForgotten(() -> cache.get("k"))).isEqualTo("row 2");
    }

    @Test
    void whatIsPutMeanwhileIsGiven() {
        source.fail(new IOException("no database"));
        Cache<String, String> cache = loading().errorTtl(LIFE).open();
        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(SourceException.class);
        cache.put("k", "put");

        assertThat(cache.get("k")).isEqualTo("put");
    }

    @TestFactory
    Stream<DynamicTest> aTimeThatCanBeNoneIsRefusedWithItsName() {
        Map<String, Runnable> settings = new LinkedHashMap<>();
        settings.put("softTimeout", () -> loading().softTimeout(Duration.ofMillis(-1)));
        settings.put("hardTimeout", () -> loading().hardTimeout(Duration.ZERO));
        settings.put("loadTimeout", () -> loading().loadTimeout(Duration.ofHours(2)));
        settings.put("errorTtl", () -> loading().errorTtl(Duration.ofMillis(-1)));
        return settings.entrySet().stream()
                .map(setting -> DynamicTest.dynamicTest(
                        setting.getKey(),
                        () -> assertThatThrownBy(() -> setting.getValue().run())
                                .isInstanceOf(CacheConfigException.class)
                                .hasMessageContaining(setting.getKey())
                                .hasMessageContaining("'t'")));
    }
}
