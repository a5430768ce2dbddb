package io.cacheservice.internal.engine;

import io.cacheservice.internal.coherence.Comparison;
import io.cacheservice.internal.coherence.LocalCopy;
import io.cacheservice.internal.entry.Decoded;
import io.cacheservice.internal.entry.EntryCodec;
import io.cacheservice.internal.entry.EntryLife;
import io.cacheservice.internal.entry.Versions;
import io.cacheservice.spi.RemoteValue;

/** Whether a read of Redis would give what a local copy is: a decision about versions, which runs no code of users. */
final class Likeness {
    /** Longer bytes may have been cut off by {@link io.cacheservice.spi.RemoteTier#observe}. */
    private static final int WHOLE_BYTES = 256 * 1024;

    private Likeness() {}

    static Comparison compare(LocalCopy<?> copy, RemoteValue found) {
        if (found.isWrongType()) {
            return Comparison.DIFFERENT;
        }
        byte[] bytes = found.bytes();
        if (bytes == null || isNothing(bytes, found.remainingMillis())) {
            return copy.isAbsent() ? Comparison.SAME : Comparison.DIFFERENT;
        }
        if (copy.isAbsent()) {
            return Comparison.DIFFERENT;
        }
        if (Versions.of(bytes).equals(copy.version())) {
            return Comparison.SAME;
        }
        if (!copy.isPlain()) {
            return Comparison.DIFFERENT;
        }
        if (bytes.length >= WHOLE_BYTES) {
            return Comparison.UNTOLD;
        }
        return Versions.plain(bytes).equals(copy.version()) ? Comparison.SAME : Comparison.DIFFERENT;
    }

    /** A lease, an error marker or an entry past its life. */
    private static boolean isNothing(byte[] bytes, long remainingMillis) {
        return EntryCodec.decode(bytes, WHOLE_BYTES) instanceof Decoded.Stored stored
                && (stored.header().kind().isMarker()
                        || (remainingMillis >= EntryLife.FOR_EVER
                                && stored.header().life().freshRemainingMillis(remainingMillis) == 0));
    }
}
