package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class SourceGateTest {
    private final List<String> begun = new ArrayList<>();

    private BooleanSupplier load(String name) {
        return () -> begun.add(name);
    }

    @Test
    void asManyAsThereArePlacesRunAtOnceAndTheOthersInTheOrderTheyCame() {
        SourceGate gate = new SourceGate(2);
        List.of("a", "b", "c", "d")
                .forEach(name -> assertThat(gate.enter(load(name))).isTrue());
        assertThat(begun).containsExactly("a", "b");
        gate.leave();
        assertThat(begun).containsExactly("a", "b", "c");
        gate.leave();
        assertThat(begun).containsExactly("a", "b", "c", "d");
        gate.leave();
        gate.leave();
        List.of("e", "f", "g").forEach(name -> gate.enter(load(name)));
        assertThat(begun).containsExactly("a", "b", "c", "d", "e", "f");
    }

    @Test
    void whatIsNotWantedAnyMoreTakesNobodysPlace() {
        SourceGate gate = new SourceGate(1);
        gate.enter(() -> false);
        gate.enter(load("a"));
        gate.enter(() -> false);
        gate.enter(() -> false);
        gate.enter(load("b"));
        assertThat(begun).containsExactly("a");
        gate.leave();
        assertThat(begun).containsExactly("a", "b");
        gate.leave();
        gate.enter(load("c"));
        gate.enter(load("d"));
        assertThat(begun).containsExactly("a", "b", "c");
    }

    @Test
    void whenTooManyWaitMoreAreRefused() {
        SourceGate gate = new SourceGate(1);
        gate.enter(load("first"));
        for (int i = 0; i < SourceGate.MOST_WAITING; i++) {
            assertThat(gate.enter(load("waiting"))).isTrue();
        }
        assertThat(gate.enter(load("one too many"))).isFalse();
        gate.leave();
        assertThat(gate.enter(load("has room"))).isTrue();
        assertThat(begun).containsExactly("first", "waiting");
    }

    @Test
    void aLongQueueOfLoadsThatEndAtOnceNeedsNoDeepStack() {
        SourceGate gate = new SourceGate(1);
        AtomicInteger count = new AtomicInteger();
        BooleanSupplier endsAtOnce = () -> {
            count.incrementAndGet();
            gate.leave();
            return true;
        };
        gate.enter(load("first"));
        for (int i = 0; i < SourceGate.MOST_WAITING; i++) {
            gate.enter(endsAtOnce);
        }
        gate.leave();
        assertThat(count).hasValue(SourceGate.MOST_WAITING);
    }

    @Test
    void manyThreadsNeverExceedThePlacesAndLoseNoLoad() throws InterruptedException {
        int places = 3;
        int loads = SourceGate.MOST_WAITING;
        SourceGate gate = new SourceGate(places);
        AtomicInteger running = new AtomicInteger();
        ConcurrentLinkedQueue<Integer> tooMany = new ConcurrentLinkedQueue<>();
        CountDownLatch ended = new CountDownLatch(loads);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int i = 0; i < loads; i++) {
                threads.execute(() -> gate.enter(() -> {
                    threads.execute(() -> {
                        int now = running.incrementAndGet();
                        if (now > places) {
                            tooMany.add(now);
                        }
                        running.decrementAndGet();
                        gate.leave();
                        ended.countDown();
                    });
                    return true;
                }));
            }
            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            threads.shutdownNow();
        }
        assertThat(tooMany).isEmpty();
    }
}
