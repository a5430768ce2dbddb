package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.EntryVersion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Arrays are copied where they cross the border: nobody can change what the cache holds. */
abstract class BorderCopiesContract extends TierContract {
    private static void spoil(byte[] array) {
        array[0] = '!';
    }

    private void assertUnspoiled() {
        assertThat(text(service().get("k"))).isEqualTo("value");
    }

    private byte[] read() {
        return Objects.requireNonNull(service().get("k"));
    }

    @Test
    void changingAnArrayAfterSetChangesNothing() {
        byte[] mine = bytes("value");
        service().set("k", mine, LIFE);
        spoil(mine);
        assertUnspoiled();
    }

    @Test
    void changingAnArrayAfterAnAsyncSetChangesNothing() {
        byte[] mine = bytes("value");
        var written = service().async().set("k", mine, LIFE);
        spoil(mine);
        written.join();
        assertUnspoiled();
    }

    @Test
    void changingAnArrayAfterABatchChangesNothing() {
        byte[] mine = bytes("value");
        var written = service().async().setAll(Map.of("k", mine), LIFE);
        spoil(mine);
        written.join();
        assertUnspoiled();
    }

    @Test
    void changingAnArrayAfterSetIfAbsentChangesNothing() {
        byte[] mine = bytes("value");
        service().setIfAbsent("k", mine, LIFE);
        spoil(mine);
        assertUnspoiled();
    }

    @Test
    void changingAnArrayAfterReplaceChangesNothing() {
        service().set("k", bytes("old"), LIFE);
        EntryVersion seen = hit(service().lookup("k")).version().orElseThrow();
        byte[] mine = bytes("value");
        service().replace("k", seen, mine, LIFE);
        spoil(mine);
        assertUnspoiled();
    }

    @Test
    void changingWhatALoaderReturnedChangesNothing() {
        byte[] mine = bytes("value");
        service().get("k", LIFE, key -> mine);
        spoil(mine);
        assertUnspoiled();
    }

    @Test
    void changingWhatTheLoadingCallGaveChangesNothing() {
        spoil(Objects.requireNonNull(service().get("k", LIFE, key -> bytes("value"))));
        assertUnspoiled();
    }

    @Test
    void changingWhatGetGaveChangesNothing() {
        service().set("k", bytes("value"), LIFE);
        spoil(read());
        assertUnspoiled();
    }

    @Test
    void changingWhatAnAsyncGetGaveChangesNothing() {
        service().set("k", bytes("value"), LIFE);
        spoil(Objects.requireNonNull(service().async().get("k").join()));
        assertUnspoiled();
    }

    @Test
    void changingWhatALookupGaveChangesNothing() {
        service().set("k", bytes("value"), LIFE);
        spoil(Objects.requireNonNull(service().lookup("k").valueOrNull()));
        assertUnspoiled();
    }

    @Test
    void changingWhatABatchGaveChangesNothing() {
        service().set("k", bytes("value"), LIFE);
        spoil(Objects.requireNonNull(service().getAll(List.of("k")).get("k")));
        assertUnspoiled();
    }

    @Test
    void everyCallerGetsAnArrayOfItsOwn() {
        service().set("k", bytes("value"), LIFE);

        assertThat(read()).isNotSameAs(read());
    }

    @Test
    void everyCallerThatJoinsALoadGetsAnArrayOfItsOwn() throws Exception {
        GatedLoader<String, byte[]> loader = new GatedLoader<>(key -> bytes("value"));
        var first = service().async().get("k", LIFE, loader);
        var second = service().async().get("k", LIFE, loader);
        loader.awaitEntered();
        loader.open();

        assertThat(first.join()).isEqualTo(bytes("value")).isNotSameAs(second.join());
        assertThat(second.join()).isEqualTo(bytes("value"));
    }
}
