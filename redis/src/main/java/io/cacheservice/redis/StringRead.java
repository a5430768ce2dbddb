package io.cacheservice.redis;

import io.cacheservice.spi.RemoteValue;
import io.cacheservice.spi.StoredString;
import org.jspecify.annotations.Nullable;

/** Reads of strings: what their answers are worth, and what {@link Gathering} learns from them. */
abstract class StringRead<T extends @Nullable Object> extends KeyRequest<T> {
    /** What is as long or longer is read in pieces. */
    static final int PIECE_BYTES = 256 * 1024;

    /** What {@code PTTL} says of a key that is not there. */
    static final long NO_SUCH_KEY = -2;

    /** So long that a few more in one answer keep nobody waiting. */
    private static final int SMALL_BYTES = 8 * 1024;

    StringRead(Routing routing, String name, byte[] key, long deadlineNanos) {
        super(routing, Access.READ, name, key, deadlineNanos, 0);
    }

    final void saw(StoredString bytes) {
        if (bytes.length() <= SMALL_BYTES) {
            lane().gathering().sawSmall();
        } else {
            lane().gathering().sawBig();
        }
    }

    final RemoteValue absent() {
        // while a slot is on its way to another server, nobody announces that an absent key of it was written there
        return RemoteValue.absent(sentAtNanos(), slot() == NO_SLOT ? proof() : null);
    }

    /** @param remainingMillis what {@code PTTL} said */
    final RemoteValue value(StoredString bytes, long remainingMillis) {
        // a key that ended between the two commands: the caller may have the value, and it has no life left
        long remaining = remainingMillis == NO_SUCH_KEY ? 0 : remainingMillis;
        // a server that does not own the slot yet may never: then its copy is forgotten, and nobody announces that
        return new RemoteValue(bytes, remaining, sentAtNanos(), false, isAsking() ? null : proof());
    }
}
