package io.cacheservice.redis;

/** Whether the server knows the header of a script, found out when it first refuses one. Safe for use by many threads. */
final class ScriptDialect {
    private static final String HEADER_NOT_UNDERSTOOD = "near '#'";

    private volatile boolean knowsHeader = true;

    boolean knowsHeader() {
        return knowsHeader;
    }

    /** Supposes a server that knows the header, until it refuses one again. */
    void forget() {
        knowsHeader = true;
    }

    /** Whether {@code error} says that the header was not understood; later scripts are sent without it then. */
    boolean learnFrom(String error) {
        boolean headerRefused = error.contains(HEADER_NOT_UNDERSTOOD);
        if (headerRefused) {
            knowsHeader = false;
        }
        return headerRefused;
    }
}
