package io.cacheservice.redis.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Loader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A source with one value: a load reads it when it begins, and answers it once it is let go. */
final class Source implements Loader<String, String> {
    private final AtomicInteger loads = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private volatile String value;

    Source(String value) {
        this.value = value;
    }

    /** One that answers at once. */
    static Source open(String value) {
        Source source = new Source(value);
        source.letGo();
        return source;
    }

    void is(String newValue) {
        value = newValue;
    }

    @Override
    public String load(String key) throws InterruptedException {
        loads.incrementAndGet();
        String answer = value;
        begun.countDown();
        letGo.await();
        return answer;
    }

    /** Until a load has read its answer. */
    void awaitBegun() throws InterruptedException {
        assertThat(begun.await(30, TimeUnit.SECONDS)).as("a load has begun").isTrue();
    }

    /** This load and all later ones may end. */
    void letGo() {
        letGo.countDown();
    }

    int loads() {
        return loads.get();
    }
}
