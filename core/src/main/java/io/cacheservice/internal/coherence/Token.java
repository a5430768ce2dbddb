package io.cacheservice.internal.coherence;

import org.jspecify.annotations.Nullable;

/**
 * Stands for one Redis key since it last changed: all reads that begin, and all local copies that are made, before it changes
 * again share it. The change touches it; then none of those reads may fill the local tier, and no such copy is used.
 */
public final class Token {
    private final KeyBytes key;
    private volatile boolean touched;
    // guarded by the key's step in Tokens
    private int users;
    private @Nullable Holding<?, ?> holdings;

    Token(KeyBytes key) {
        this.key = key;
    }

    /** Whether the key was changed since. */
    public boolean isTouched() {
        return touched;
    }

    /** The length of the Redis key, in bytes. */
    public int keyLength() {
        return key.length();
    }

    KeyBytes key() {
        return key;
    }

    void touch() {
        touched = true;
        for (Holding<?, ?> each = holdings; each != null; each = each.next()) {
            each.copy().touch();
        }
    }

    void addUser() {
        users++;
    }

    /** Answers whether it was the last. */
    boolean removeUser() {
        users--;
        return users == 0;
    }

    void add(Holding<?, ?> holding) {
        users++;
        holding.setNext(holdings);
        holdings = holding;
    }

    /** Answers whether its user was the last. */
    boolean remove(LocalCopy<?> copy) {
        Holding<?, ?> before = null;
        for (Holding<?, ?> each = holdings; each != null; each = each.next()) {
            if (each.copy() == copy) {
                if (before == null) {
                    holdings = each.next();
                } else {
                    before.setNext(each.next());
                }
                return removeUser();
            }
            before = each;
        }
        return false;
    }

    @Nullable
    Holding<?, ?> holdings() {
        return holdings;
    }
}
