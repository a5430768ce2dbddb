package io.cacheservice.server.cli;

import io.cacheservice.testkit.fuzz.Corpus;
import io.cacheservice.testkit.fuzz.Demand;
import io.cacheservice.testkit.fuzz.FuzzInput;
import io.cacheservice.testkit.fuzz.FuzzTarget;
import io.cacheservice.testkit.fuzz.ScratchFile;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;

/** Files of keys to be warmed: a list of keys, or a refusal that names the file. */
public final class KeyListsTarget implements FuzzTarget {
    private final Corpus corpus = Corpus.ofTexts(
            List.of("city:1\ncity:2\r\n\ncity:1\n", "\u00e5bo\n\ud83d\ude00", ""), List.of("\r", "\n", "\0", "\ufeff"));
    private final ScratchFile scratch;

    /** For the service loader. */
    public KeyListsTarget() throws IOException {
        scratch = new ScratchFile("keys.txt");
    }

    @Override
    public String name() {
        return "key-lists";
    }

    @Override
    public int share() {
        return 20;
    }

    @Override
    public boolean take(FuzzInput input) throws IOException {
        String file = scratch.with(input.mutated(corpus)).toString();
        try {
            List<String> keys = WarmCommand.keysIn(file);
            Demand.that(new HashSet<>(keys).size() == keys.size() && !keys.contains(""), "keys, each once");
            return true;
        } catch (CommandFailure refused) {
            Demand.that(String.valueOf(refused.getMessage()).contains(file), "the file");
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        scratch.close();
    }
}
