package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheservice.CacheService;
import io.cacheservice.PreWarmReport;
import io.cacheservice.SourceException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Loading keys before anyone asks for them. */
abstract class PreWarmContract extends TierContract {
    private static List<String> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "k" + i).toList();
    }

    @Test
    void whatIsMissingIsLoadedBeforeTheCallReturns() {
        RecordingLoader<String, byte[]> source = new RecordingLoader<>(key -> bytes("loaded " + key));
        service().source("k*", source);

        PreWarmReport report = service().preWarm(keys(100));

        assertThat(report).isEqualTo(new PreWarmReport(100, 0, 0, Map.of()));
        assertThat(service().getAll(keys(100))).hasSize(100);
        assertThat(source.calls()).isEqualTo(100);
    }

    @Test
    void whatIsThereIsNotLoaded() {
        RecordingLoader<String, byte[]> source = new RecordingLoader<>(key -> bytes("loaded"));
        service().source("k*", source);
        service().set("k1", bytes("set"), LIFE);

        PreWarmReport report = service().preWarm(keys(3));

        assertThat(report).isEqualTo(new PreWarmReport(2, 1, 0, Map.of()));
        assertThat(source.keys()).containsExactlyInAnyOrder("k0", "k2");
        assertThat(text(service().get("k1"))).isEqualTo("set");
    }

    @Test
    void keysTheSourceHasNothingForAreReportedAbsent() {
        service().source("k*", key -> key.equals("k1") ? null : bytes("loaded"));

        assertThat(service().preWarm(keys(3))).isEqualTo(new PreWarmReport(2, 0, 1, Map.of()));
    }

    @Test
    void keysThatFailAreReportedInRequestOrderAndTheOthersLoaded() {
        service().source("k*", key -> {
            if (key.equals("k1") || key.equals("k3")) {
                throw new IllegalStateException("no " + key);
            }
            return bytes("loaded");
        });

        PreWarmReport report = service().preWarm(List.of("k3", "k0", "k1", "k2"));

        assertThat(report.loaded()).isEqualTo(2);
        assertThat(report.failed().keySet()).containsExactly("k3", "k1");
        assertThat(report.failed().get("k1"))
                .isInstanceOf(SourceException.class)
                .hasRootCauseMessage("no k1");
        assertThat(report.done()).isEqualTo(4);
    }

    @Test
    void noKeysAreQuicklyWarmed() {
        assertThat(service().preWarm(List.of())).isEqualTo(new PreWarmReport(0, 0, 0, Map.of()));
    }

    @Test
    void aListenerIsToldHowFarItIs() {
        service().source("k*", key -> bytes("loaded"));
        List<Integer> done = new CopyOnWriteArrayList<>();
        List<Integer> totals = new CopyOnWriteArrayList<>();

        service().preWarm(keys(250), (soFar, total) -> {
            done.add(soFar.done());
            totals.add(total);
        });

        assertThat(totals).isNotEmpty().containsOnly(250);
        assertThat(done).isSorted().last().isEqualTo(250);
    }

    @Test
    void aListenerIsToldByOneThreadAtATime() {
        service().source("k*", key -> bytes("loaded"));
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        service().preWarm(keys(250), (soFar, total) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            inside.decrementAndGet();
        });

        assertThat(most).hasValue(1);
    }

    @Test
    void noMoreThanThirtyTwoKeysAreLoadedAtOnce() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch gate = new CountDownLatch(1);
        CacheService service = openWith(seams -> seams.executor(task -> {
            Thread worker = new Thread(task, "worker");
            worker.setDaemon(true);
            worker.start();
        }));
        service.source("k*", key -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            gate.await();
            running.decrementAndGet();
            return bytes("loaded");
        });

        var report = service.async().preWarm(keys(400), (soFar, total) -> {});
        try {
            await().until(() -> running.get() == 32);
        } finally {
            gate.countDown();
        }

        assertThat(report.get().loaded()).isEqualTo(400);
        assertThat(most).hasValue(32);
    }
}
