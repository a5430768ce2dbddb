package io.cacheservice.testkit.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * What inputs are made from.
 *
 * @param examples valid inputs, at least one, that mutations begin with
 * @param words pieces that mean something to the parser, to be put in anywhere
 * @param mostBytes inputs that grow beyond this are cut
 */
public record Corpus(List<byte[]> examples, List<byte[]> words, int mostBytes) {
    /** Makes the lists unmodifiable. */
    public Corpus {
        examples = List.copyOf(examples);
        words = List.copyOf(words);
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("a corpus needs at least one example");
        }
    }

    /** A corpus of bytes, whose inputs have at most 64 KB. */
    public static Corpus of(List<byte[]> examples, List<byte[]> words) {
        return new Corpus(examples, words, 64 << 10);
    }

    /** A corpus of texts, whose inputs have at most 64 KB. */
    public static Corpus ofTexts(List<String> examples, List<String> words) {
        return of(bytes(examples), bytes(words));
    }

    private static List<byte[]> bytes(List<String> texts) {
        return texts.stream().map(text -> text.getBytes(UTF_8)).toList();
    }
}
