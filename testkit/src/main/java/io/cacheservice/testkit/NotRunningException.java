package io.cacheservice.testkit;

/** A command was given to a server whose process has ended. */
final class NotRunningException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NotRunningException(int port) {
        super("The server on port " + port + " is not running: start it again with restart()");
    }
}
