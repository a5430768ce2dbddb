package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.Reason;
import io.cacheservice.SourceException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Of the callers that miss a key at once, one loads and the others wait for it. */
abstract class SingleFlightContract extends TierContract {
    private static final int CALLERS = 16;

    @Test
    void manyCallersOfAnAbsentKeyMakeOneLoad() throws Exception {
        GatedLoader<String, byte[]> loader = new GatedLoader<>(key -> bytes("loaded"));

        List<byte[]> read = Crowd.runAll(
                CALLERS,
                loader.opensWhen(() -> service().stats().misses() == CALLERS),
                caller -> () -> service().get("k", LIFE, loader));

        assertThat(read).hasSize(CALLERS).allSatisfy(value -> assertThat(value).isEqualTo(bytes("loaded")));
        assertThat(loader.calls()).isEqualTo(1);
    }

    @Test
    void manyCallersOfASourceMakeOneLoad() throws Exception {
        GatedLoader<String, byte[]> source = new GatedLoader<>(key -> bytes("loaded"));
        service().source("k", source);

        Crowd.runAll(
                CALLERS,
                source.opensWhen(() -> service().stats().misses() == CALLERS),
                caller -> () -> caller % 2 == 0 ? service().get("k") : service().lookup("k"));

        assertThat(source.calls()).isEqualTo(1);
    }

    @Test
    void oneOfManyCallersLoadedAndTheOthersJoined() throws Exception {
        GatedLoader<String, byte[]> source = new GatedLoader<>(key -> bytes("loaded"));
        service().source("k", source);

        List<Reason> reasons = Crowd.runAll(
                CALLERS,
                source.opensWhen(() -> service().stats().misses() == CALLERS),
                caller -> () -> service().lookup("k").reason());

        assertThat(reasons).containsOnlyOnce(Reason.LOADED);
        assertThat(reasons).containsOnly(Reason.LOADED, Reason.JOINED);
    }

    @Test
    void manyCallersOfATypedKeyMakeOneLoad() throws Exception {
        GatedLoader<String, String> loader = new GatedLoader<>(key -> "loaded");
        Cache<String, String> cache = texts("t").ttl(LIFE).loader(loader).open();

        List<String> read =
                Crowd.runAll(CALLERS, loader.opensWhen(() -> cache.stats().misses() == CALLERS), caller -> () -> {
                    String value = caller % 2 == 0
                            ? cache.get("k")
                            : cache.getAll(List.of("k")).get("k");
                    return String.valueOf(value);
                });

        assertThat(read).hasSize(CALLERS).containsOnly("loaded");
        assertThat(loader.calls()).isEqualTo(1);
    }

    @Test
    void everyKeyOfManyIsLoadedOnce() throws Exception {
        RecordingLoader<String, byte[]> loader = new RecordingLoader<>(key -> bytes(key));

        Crowd.runAll(CALLERS, caller -> () -> {
            for (int i = 0; i < 100; i++) {
                String key = "k" + (i + caller) % 100;
                assertThat(text(service().get(key, LIFE, loader))).isEqualTo(key);
            }
            return caller;
        });

        assertThat(loader.keys()).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void differentKeysLoadAtTheSameTime() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);

        List<byte[]> read = Crowd.runAll(
                2,
                caller -> () -> service().get("k" + caller, LIFE, key -> {
                    both.await(20, TimeUnit.SECONDS);
                    return bytes("met");
                }));

        assertThat(read).allSatisfy(value -> assertThat(value).isEqualTo(bytes("met")));
    }

    @Test
    void everyWaiterOfAFailedLoadGetsAnExceptionOfItsOwn() throws Exception {
        AtomicInteger loads = new AtomicInteger();

        List<SourceException> errors = Crowd.runAll(CALLERS, caller -> () -> {
            try {
                service().get("k", LIFE, key -> {
                    throw new IllegalStateException("load " + loads.incrementAndGet());
                });
            } catch (SourceException e) {
                return e;
            }
            throw new AssertionError("the load has failed and so must the call");
        });

        Set<Throwable> own = Collections.newSetFromMap(new IdentityHashMap<>());
        own.addAll(errors);
        assertThat(own).hasSize(CALLERS);
        assertThat(errors).allSatisfy(e -> assertThat(e.key()).isEqualTo("k"));
        Set<Throwable> causes = Collections.newSetFromMap(new IdentityHashMap<>());
        errors.forEach(e -> causes.add(e.getCause()));
        assertThat(causes).as("one cause for each load").hasSize(loads.get());
    }

    @Test
    void waitersOfAFailedLoadShareItsCause() throws Exception {
        IllegalStateException cause = new IllegalStateException("no database");
        GatedLoader<String, byte[]> loader = new GatedLoader<>(key -> {
            throw cause;
        });
        var first = service().async().get("k", LIFE, loader);
        var second = service().async().get("k", LIFE, loader);
        loader.awaitEntered();
        loader.open();

        Throwable firstError = first.handle((value, e) -> e).join();
        Throwable secondError = second.handle((value, e) -> e).join();
        assertThat(firstError).isInstanceOf(SourceException.class).cause().isSameAs(cause);
        assertThat(secondError)
                .isInstanceOf(SourceException.class)
                .isNotSameAs(firstError)
                .cause()
                .isSameAs(cause);
    }

    @Test
    void aFailedLoadDoesNotStandInTheWayOfTheNext() throws Exception {
        for (int round = 0; round < 20; round++) {
            String key = "k" + round;
            AtomicInteger loads = new AtomicInteger();
            Crowd.runAll(4, caller -> () -> {
                try {
                    service().get(key, LIFE, k -> {
                        if (loads.incrementAndGet() == 1) {
                            throw new IllegalStateException("the first load fails");
                        }
                        return bytes("recovered");
                    });
                } catch (SourceException e) {
                    assertThat(e).hasRootCauseMessage("the first load fails");
                }
                return caller;
            });

            assertThat(onceForgotten(() -> text(service().get(key, LIFE, k -> bytes("recovered")))))
                    .isEqualTo("recovered");
        }
    }
}
