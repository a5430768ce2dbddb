package io.cacheservice.server.cli;

/** How a command ended, as the shell sees it. */
final class ExitCode {
    static final int OK = 0;
    static final int MISS = 1;
    static final int READ_FAILED = 1;
    static final int USAGE = 2;
    static final int UNREACHABLE = 3;
    static final int REFUSED = 4;
    static final int DEFECT = 5;
    static final int UNWRITTEN = 6;
    static final int FAULT = 7;

    private ExitCode() {}
}
