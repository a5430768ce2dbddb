package io.cacheservice.testkit.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/** The chance behind one input, which follows from seed, target and index alone. For one thread. */
public final class FuzzInput {
    private static final int MOST_SHOWN = 400;

    private final long index;
    private final RandomGenerator random;
    private final List<String> made = new CopyOnWriteArrayList<>();

    private FuzzInput(long index, RandomGenerator random) {
        this.index = index;
        this.random = random;
    }

    static FuzzInput of(long seed, String target, long index) {
        // mixed twice, since generators whose seeds differ by little would walk the same way
        long mixed = mix(mix(seed ^ ((long) target.hashCode() << 32)) + index);
        return new FuzzInput(index, new SplittableRandom(mixed));
    }

    /** Stafford's variant 13 of the finalizer of MurmurHash3. */
    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Which input of the run it is, from 0. */
    public long index() {
        return index;
    }

    /** What else is left to chance. */
    public RandomGenerator random() {
        return random;
    }

    /** True once in {@code n} times. */
    public boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /** One of {@code choices}. */
    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** An example of {@code corpus}, changed in up to eight places; one in eight is not changed at all. */
    public byte[] mutated(Corpus corpus) {
        return mutated(pick(corpus.examples()), corpus);
    }

    /** {@code example}, changed with what {@code corpus} has. */
    public byte[] mutated(byte[] example, Corpus corpus) {
        return show(new Mutations(random, corpus).of(example));
    }

    /** An example of {@code corpus} as text, changed; now and then with half a surrogate pair. */
    public String mutatedText(Corpus corpus) {
        String text = new String(new Mutations(random, corpus).of(pick(corpus.examples())), UTF_8);
        if (oneIn(32)) {
            int at = random.nextInt(text.length() + 1);
            text = text.substring(0, at) + (char) random.nextInt(0xd800, 0xe000) + text.substring(at);
        }
        show(text);
        return text;
    }

    /** Remembers what was made, so that a failure can show it. */
    public byte[] show(byte[] bytes) {
        made.add(new String(bytes, 0, Math.min(bytes.length, MOST_SHOWN), ISO_8859_1));
        return bytes;
    }

    /** Remembers what was made, so that a failure can show it. */
    public void show(String text) {
        made.add(text.substring(0, Math.min(text.length(), MOST_SHOWN)));
    }

    /** What was remembered, printable. */
    String shown() {
        StringBuilder shown = new StringBuilder();
        for (String text : List.copyOf(made)) {
            shown.append(shown.length() == 0 ? "" : " | ");
            text.chars().forEach(c -> append(shown, (char) c));
            shown.append(text.length() == MOST_SHOWN ? "..." : "");
        }
        return shown.toString();
    }

    private static void append(StringBuilder shown, char c) {
        if (c == '\\') {
            shown.append("\\\\");
        } else if (c >= ' ' && c < 0x7f) {
            shown.append(c);
        } else {
            shown.append(c > 0xff ? String.format("\\u%04x", (int) c) : String.format("\\x%02x", (int) c));
        }
    }
}
