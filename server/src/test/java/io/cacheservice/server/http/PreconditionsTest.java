package io.cacheservice.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.EntryVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreconditionsTest {
    @Test
    void aListOfTagsIsReadWithoutWeakAndForeignOnes() {
        assertThat(Preconditions.ofWrite("\"a1\" , W/\"b\",\"not_ours!\", \"c-2\"", null))
                .isEqualTo(new Preconditions.IfVersion(List.of(EntryVersion.parse("a1"), EntryVersion.parse("c-2"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a", "\"a", "a\"", "\"a\" \"b\"", "*,\"a\"", "\"a\" x"})
    void aFieldThatIsNotUnderstoodIsRefused(String field) {
        assertThatThrownBy(() -> Preconditions.ofWrite(field, null)).isInstanceOf(ProblemException.class);
    }

    @Test
    void bothConditionsAtOnceAndTagsToExcludeAreRefused() {
        assertThatThrownBy(() -> Preconditions.ofWrite("*", "*")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Preconditions.ofWrite(null, "\"a\"")).isInstanceOf(ProblemException.class);
    }

    @Test
    void aRemovalMayExcludeTagsWeakOnesToo() {
        assertThat(Preconditions.ofDelete(null, "W/\"a1\", \"b2\""))
                .isEqualTo(
                        new Preconditions.UnlessVersion(List.of(EntryVersion.parse("a1"), EntryVersion.parse("b2"))));
        assertThat(Preconditions.ofDelete(null, "*")).isEqualTo(new Preconditions.IfAbsent());
        assertThat(Preconditions.ofDelete("*", null)).isEqualTo(new Preconditions.IfPresent());
        assertThatThrownBy(() -> Preconditions.ofDelete("*", "*")).isInstanceOf(ProblemException.class);
    }

    @Test
    void aReaderMayCompareWeakly() {
        EntryVersion version = EntryVersion.parse("a1");

        assertThat(Preconditions.readerHas("W/\"a1\"", version)).isTrue();
        assertThat(Preconditions.readerHas("*", version)).isTrue();
        assertThat(Preconditions.readerHas("\"a2\"", version)).isFalse();
        assertThat(Preconditions.readerHas(null, version)).isFalse();
    }
}
