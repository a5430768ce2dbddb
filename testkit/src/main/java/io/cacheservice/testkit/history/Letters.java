package io.cacheservice.testkit.history;

import io.cacheservice.Tier;
import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import org.jspecify.annotations.Nullable;

/** One letter for each kind, outcome and tier, in files and in memory. */
final class Letters {
    private Letters() {}

    static char of(Kind kind) {
        return switch (kind) {
            case READ -> 'r';
            case FINAL_READ -> 'q';
            case WRITE -> 'w';
            case DELETE -> 'd';
            case EXPIRE -> 'x';
            case FLUSH -> 'f';
            case CHANGE -> 'c';
            case REMOVE -> 'v';
            case INVALIDATE -> 'i';
            case LOAD -> 'l';
        };
    }

    static char of(Outcome outcome) {
        return switch (outcome) {
            case APPLIED -> 'a';
            case QUEUED -> 'j';
            case UNKNOWN -> 'u';
            case FAILED -> 'e';
        };
    }

    static char of(@Nullable Tier tier) {
        if (tier == null) {
            return '-';
        }
        return switch (tier) {
            case LOCAL -> 'L';
            case REMOTE -> 'R';
            case REPLICA -> 'P';
            case SOURCE -> 'S';
        };
    }

    static Kind kind(char letter) {
        return switch (letter) {
            case 'r' -> Kind.READ;
            case 'q' -> Kind.FINAL_READ;
            case 'w' -> Kind.WRITE;
            case 'd' -> Kind.DELETE;
            case 'x' -> Kind.EXPIRE;
            case 'f' -> Kind.FLUSH;
            case 'c' -> Kind.CHANGE;
            case 'v' -> Kind.REMOVE;
            case 'i' -> Kind.INVALIDATE;
            case 'l' -> Kind.LOAD;
            default -> throw new IllegalArgumentException("no kind " + letter);
        };
    }

    static Outcome outcome(char letter) {
        return switch (letter) {
            case 'a' -> Outcome.APPLIED;
            case 'j' -> Outcome.QUEUED;
            case 'u' -> Outcome.UNKNOWN;
            case 'e' -> Outcome.FAILED;
            default -> throw new IllegalArgumentException("no outcome " + letter);
        };
    }

    static @Nullable Tier tier(char letter) {
        return switch (letter) {
            case '-' -> null;
            case 'L' -> Tier.LOCAL;
            case 'R' -> Tier.REMOTE;
            case 'P' -> Tier.REPLICA;
            case 'S' -> Tier.SOURCE;
            default -> throw new IllegalArgumentException("no tier " + letter);
        };
    }
}
