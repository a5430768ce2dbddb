package io.cacheservice.server;

import io.cacheservice.server.cli.CacheServiceCommand;

/** The program {@code cache-service}. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(CacheServiceCommand.run(args));
    }
}
