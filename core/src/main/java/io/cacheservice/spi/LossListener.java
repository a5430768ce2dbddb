package io.cacheservice.spi;

import java.util.function.Predicate;

/**
 * Told by a remote tier that a server may have forgotten what it had accepted, before anything is read from that server again.
 * Called on I/O threads; must not wait and must not throw.
 */
public interface LossListener {
    /** Nobody needs to know. */
    LossListener IGNORED = new LossListener() {
        @Override
        public void lostLatest(Predicate<byte[]> keys) {}

        @Override
        public void cameBackOld() {}
    };

    /**
     * The latest writes may be lost: another server has taken the place of the one that accepted them, or it came back from
     * its log, whose end may be missing.
     *
     * @param keys those concerned
     */
    void lostLatest(Predicate<byte[]> keys);

    /** A server came back with data of unknown age: what it holds may be as old as its last snapshot. */
    void cameBackOld();
}
