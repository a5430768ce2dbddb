package io.cacheservice.internal.coherence;

import java.util.Collections;
import java.util.Iterator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Picks local copies at random, each that a read could be given with the same chance, at a cost that does not grow with
 * their number: walks the keys in the order of their hashes, round after round, and passes over some by lot. For one thread
 * at a time.
 */
public final class Sampling {
    private static final int LONGEST_STRIDE = 16;
    private static final int MOST_STEPS = 256;

    private final Tokens tokens;
    private final RandomGenerator random;
    private Iterator<Token> round = Collections.emptyIterator();

    /** Picks from all copies of {@code tokens}' keys. */
    public Sampling(Tokens tokens, RandomGenerator random) {
        this.tokens = tokens;
        this.random = random;
    }

    /** A copy that a read at {@code nowNanos} could be given; null: none was met on the way. */
    public @Nullable Sample next(long nowNanos) {
        int toPass = random.nextInt(LONGEST_STRIDE);
        for (int i = 0; i < MOST_STEPS && goOn(); i++) {
            Holding<?, ?> holding = tokens.anyHolding(round.next());
            if (holding != null && isOfRedis(holding.copy()) && holding.isUsable(nowNanos) && toPass-- == 0) {
                return new Sample(holding);
            }
        }
        return null;
    }

    private boolean goOn() {
        if (!round.hasNext()) {
            round = tokens.walk();
        }
        return round.hasNext();
    }

    /** What a load gave while Redis could not take it is nowhere to be compared with. */
    private static boolean isOfRedis(LocalCopy<?> copy) {
        return copy.isAbsent() || copy.version() != null;
    }
}
