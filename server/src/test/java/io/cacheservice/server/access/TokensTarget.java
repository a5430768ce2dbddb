package io.cacheservice.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheConfigException;
import io.cacheservice.testkit.fuzz.Corpus;
import io.cacheservice.testkit.fuzz.Demand;
import io.cacheservice.testkit.fuzz.FuzzInput;
import io.cacheservice.testkit.fuzz.FuzzTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files of tokens, and what callers show: only the very token opens, and no message tells one. */
public final class TokensTarget implements FuzzTarget {
    private static final String TOKEN = "hunter2hunter2hunter2";
    private static final String DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private final Corpus files = Corpus.ofTexts(
            List.of(
                    """
                    - name: orders
                      token: "%s"
                      scopes: [read, write]
                      prefixes: ["orders:"]
                    - name: operator
                      sha256: "%s"
                      scopes: [read, write, admin]
                    """.formatted(TOKEN, DIGEST),
                    "[{name: a, token: " + TOKEN + ", scopes: [admin]}]",
                    "- name: a\n  token: '" + TOKEN + "'\n  scopes:\n    - Read\n"),
            List.of(
                    "\n",
                    "  ",
                    "- ",
                    "&a ",
                    "*a",
                    "!!binary ",
                    "null",
                    "[]",
                    "{}",
                    "'",
                    "\"",
                    "---\n",
                    "name: ",
                    "0x1",
                    "\t"));
    private final Corpus fields = Corpus.ofTexts(
            List.of("Bearer " + TOKEN, "bearer  " + TOKEN + " ", "Basic dTpw", "Bearer", TOKEN),
            List.of("Bearer ", " ", ",", "\t", "\u00a0", "=", "\0"));
    private final Tokens known =
            Tokens.ofFile(("- name: a\n  token: \"" + TOKEN + "\"\n  scopes: [read]\n").getBytes(UTF_8));

    @Override
    public String name() {
        return "tokens";
    }

    @Override
    public int share() {
        return 50;
    }

    @Override
    public long mostAllocatedBytes() {
        return 32L << 20;
    }

    @Override
    public int inputsInSuite() {
        return 8_000;
    }

    @Override
    public boolean take(FuzzInput input) {
        return input.oneIn(3) ? field(input) : file(input.mutated(files));
    }

    private boolean field(FuzzInput input) {
        String field = input.mutatedText(fields);
        List<String> shown = input.oneIn(8) ? List.of(field, field) : List.of(field);
        @Nullable Caller caller = known.caller(shown);
        Demand.that(
                (caller != null)
                        == (shown.size() == 1
                                && field.regionMatches(true, 0, "Bearer ", 0, 7)
                                && field.substring(7).trim().equals(TOKEN)),
                "the very token opens, and nothing else");
        return caller != null;
    }

    private static boolean file(byte[] yaml) {
        try {
            Tokens tokens = Tokens.ofFile(yaml);
            Demand.that(tokens.size() > 0, "at least one token");
            return true;
        } catch (CacheConfigException refused) {
            // as the name of a token it may be shown
            if (!String.valueOf(refused.getMessage()).contains("('" + TOKEN + "')")) {
                Demand.keptSecret(refused, TOKEN);
            }
            Demand.keptSecret(refused, DIGEST);
            Demand.that(String.valueOf(refused.getMessage()).length() < 1_000, "a bounded message");
            return false;
        }
    }
}
