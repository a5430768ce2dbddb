package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cacheservice.CacheConfigException;
import io.cacheservice.EntryVersion;
import io.cacheservice.SourceException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Read-through: sources registered for keys. */
abstract class SourceContract extends TierContract {
    private final RecordingLoader<String, byte[]> source = new RecordingLoader<>(key -> bytes("loaded " + key));

    @Test
    void aMissOfAMatchingKeyIsLoadedAndKept() {
        service().source("user:*", source);

        assertThat(text(service().get("user:7"))).isEqualTo("loaded user:7");
        assertThat(text(service().get("user:7"))).isEqualTo("loaded user:7");
        assertThat(source.keys()).containsExactly("user:7");
    }

    @Test
    void aSourceMayNameTheMediaTypeOfWhatItGives() {
        service().source("k", LIFE, (key, context) -> {
            context.contentType("text/css");
            return bytes("loaded");
        });

        assertThat(hit(service().lookup("k")).contentType()).contains("text/css");
        assertThat(hit(service().lookup("k")).contentType()).contains("text/css");
    }

    @Test
    void aSourceThatSaysNotModifiedRenewsTheLifeOfWhatIsThere() {
        List<String> validators = new CopyOnWriteArrayList<>();
        service().source("k", LIFE, (key, context) -> {
            context.previousValidator().ifPresent(validators::add);
            if (context.previousValidator().isPresent()) {
                return context.notModified();
            }
            context.validator("v1");
            context.contentType("text/css");
            return bytes("loaded");
        });
        EntryVersion first = hit(service().lookup("k")).version().orElseThrow();
        service().refreshProbabilistic("k", LIFE.multipliedBy(2), 1);
        await().untilAsserted(
                        () -> assertThat(hit(service().lookup("k")).version()).isNotEqualTo(Optional.of(first)));

        assertThat(validators).containsExactly("v1");
        assertThat(text(service().get("k"))).isEqualTo("loaded");
        assertThat(hit(service().lookup("k")).contentType()).contains("text/css");
    }

    @Test
    void whatASourceReplacesIsItsOwnCopy() {
        service().source("k", LIFE, (key, context) -> {
            context.previous().ifPresent(previous -> Arrays.fill(previous, (byte) 0));
            if (context.previous().isPresent()) {
                throw new IllegalStateException("no database");
            }
            return bytes("loaded");
        });
        service().get("k");
        service().refreshProbabilistic("k", LIFE.multipliedBy(2), 1);
        await().until(() -> service().stats().loadFailures() == 1);

        assertThat(text(service().get("k"))).isEqualTo("loaded");
    }

    @Test
    void otherKeysAreNotLoaded() {
        service().source("user:*", source);

        assertThat(service().get("order:7")).isNull();
        assertThat(source.calls()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "*, anything",
        "user:*, user:7",
        "user:*, user:",
        "*:name, user:7:name",
        "user:*:name, user:7:8:name",
        "k?, k1",
        "?, k",
        "a.b, a.b",
        "a+(b)[c]^$|, a+(b)[c]^$|",
        "a*b*c, a-b-b-c",
        "ключ?, ключ7"
    })
    void aPatternMatches(String pattern, String key) {
        service().source(pattern, source);

        assertThat(text(service().get(key))).isEqualTo("loaded " + key);
    }

    @ParameterizedTest
    @CsvSource({
        "user:*, a:user:7",
        "user:*, User:7",
        "*:name, user:7:names",
        "k?, k",
        "k?, k12",
        "a.b, axb",
        "[ab], a",
        "k, k1",
        "a*b*c, a-c-b"
    })
    void aPatternDoesNotMatch(String pattern, String key) {
        service().source(pattern, source);

        assertThat(service().get(key)).isNull();
        assertThat(source.calls()).isZero();
    }

    @Test
    void ofSeveralThatMatchTheFirstRegisteredIsAsked() {
        service().source("user:7*", key -> bytes("first"));
        service().source("user:*", key -> bytes("second"));

        assertThat(text(service().get("user:77"))).isEqualTo("first");
        assertThat(text(service().get("user:8"))).isEqualTo("second");
    }

    @Test
    void theSamePatternTwiceIsRefusedByName() {
        service().source("user:*", source);

        assertThatThrownBy(() -> service().source("user:*", key -> null))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("user:*");
        assertThat(text(service().get("user:7"))).isEqualTo("loaded user:7");
    }

    @Test
    void aLoadedValueIsKeptForTheDefaultLifeLessAtMostATenth() {
        service().source("k", source);
        service().get("k");
        advanceToTheLastMomentOf(shortest(service().config().defaultTtl()));
        service().get("k");
        assertThat(source.calls()).isEqualTo(1);

        advanceFromTheShortestToTheEndOf(service().config().defaultTtl());
        service().get("k");
        assertThat(source.calls()).isEqualTo(2);
    }

    @Test
    void aSetValueHidesTheSource() {
        service().source("k", source);
        service().set("k", bytes("set"), LIFE);

        assertThat(text(service().get("k"))).isEqualTo("set");
        assertThat(source.calls()).isZero();
    }

    @Test
    void aDeletedKeyIsLoadedAgain() {
        service().source("k", source);
        service().get("k");
        service().delete("k");
        service().get("k");

        assertThat(source.calls()).isEqualTo(2);
    }

    @Test
    void thatTheSourceHasNoneIsNotKept() {
        RecordingLoader<String, byte[]> nothing = new RecordingLoader<>(key -> null);
        service().source("k", nothing);

        assertThat(service().get("k")).isNull();
        assertThat(service().get("k")).isNull();
        assertThat(nothing.calls()).isEqualTo(2);
    }

    @Test
    void aFailureNamesTheKeyAndItsCauseAndIsRememberedForAMoment() {
        RuntimeException cause = new IllegalStateException("no database");
        RecordingLoader<String, byte[]> failing = new RecordingLoader<>(key -> {
            throw cause;
        });
        service().source("k", failing);

        for (int call = 0; call < 2; call++) {
            assertThatThrownBy(() -> service().get("k"))
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.key()).isEqualTo("k"))
                    .cause()
                    .isSameAs(cause);
        }
        assertThat(failing.calls()).isEqualTo(1);
        onceForgotten(() -> {
            assertThatThrownBy(() -> service().get("k")).isInstanceOf(SourceException.class);
            return failing.calls() == 2 ? "asked again" : service().get("k");
        });
    }

    @Test
    void aSourceRegisteredLaterServesKeysThatMissedBefore() {
        assertThat(service().get("k")).isNull();
        service().source("k", source);

        assertThat(text(service().get("k"))).isEqualTo("loaded k");
    }

    @Test
    void theLoaderOfACallGoesBeforeTheSource() {
        service().source("k", source);

        assertThat(text(service().get("k", LIFE, key -> bytes("of the call")))).isEqualTo("of the call");
        assertThat(source.calls()).isZero();
    }
}
