package io.cacheservice.testkit.history;

/** What a coherent cache keeps, and {@link HistoryChecker} looks at. */
public enum Rule {
    /**
     * After a write, delete or invalidation of a process has returned, no later read through the same process finds an older
     * version.
     */
    OWN_WRITES("a process read older than it had written"),
    /**
     * A read that starts more than the bound after a write, delete, flush or invalidation was accepted never finds an older
     * version.
     */
    BOUNDED_STALENESS("a read was older than the bound allows"),
    /** A value is not read later than its end plus the bound. */
    EXPIRY("a value was read too long after its end"),
    /** A process that has read a version reads no older one afterwards. */
    MONOTONIC_READS("a process read older than it had read"),
    /** A read finds no version whose write began after the read had ended. */
    NOT_FROM_THE_FUTURE("a read found what was not yet written"),
    /** A read finds only what somebody wrote, and not what is known to have failed. */
    WRITTEN_BY_SOMEBODY("a read found what nobody wrote"),
    /** After all writes have ended, everybody reads the same. */
    AGREEMENT("final reads differ"),
    /** A process loads a key once at a time. */
    ONE_LOAD_IN_A_PROCESS("a process loaded a key twice at once"),
    /** No two processes load the same version of a key at once, unless it was invalidated in between or the right to load lapsed. */
    ONE_LOAD("two processes loaded a key at once");

    private final String broken;

    Rule(String broken) {
        this.broken = broken;
    }

    /** What it is called when it does not hold. */
    String broken() {
        return broken;
    }
}
