package io.cacheservice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.internal.RandomInputs;
import io.cacheservice.internal.config.PropertiesText.Entry;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PropertiesTextTest {
    @Test
    void everyEntryHasTheNumberOfItsFirstLine() throws Exception {
        assertThat(read("# a comment\\\nhost=redis\n\nnodes = a:1,\\\n  b:2\nport:6380"))
                .containsExactly(
                        new Entry("host", "redis", 2), new Entry("nodes", "a:1,b:2", 4), new Entry("port", "6380", 6));
    }

    @Test
    void aNameGivenTwiceIsReadTwice() throws Exception {
        assertThat(read("db=1\ndb=2")).containsExactly(new Entry("db", "1", 1), new Entry("db", "2", 2));
    }

    @Test
    void aBadEscapeIsToldWithItsLineAndWithoutTheText() {
        assertThatThrownBy(() -> read("a=1\npassword=hunter2\\u00zz"))
                .isInstanceOf(PropertiesText.MalformedException.class)
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    @Test
    void theEntriesAreThoseThatTheJdkReads() {
        RandomInputs.forAll(20_000, any -> readsAsTheJdk(any.text("ab=: \t\f#!\\\n\r", 0, 40)));
    }

    private static void readsAsTheJdk(String text) throws Exception {
        Properties expected = new Properties();
        expected.load(new StringReader(text));
        Properties found = new Properties();
        read(text).forEach(entry -> found.setProperty(entry.name(), entry.value()));
        // a lone backslash is to the JDK sometimes nothing and sometimes an empty name, by what ends the text
        expected.remove("");
        found.remove("");
        assertThat(found).as(text).isEqualTo(expected);
    }

    private static List<Entry> read(String text) throws IOException, PropertiesText.MalformedException {
        return PropertiesText.read(new StringReader(text));
    }
}
