package io.cacheservice.server.cli;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps what libraries say about themselves out of the way, unless the operator configured logging. */
final class Logging {
    private static final String FORMAT = "java.util.logging.SimpleFormatter.format";
    private static final String ONE_LINE = "%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s: %5$s%6$s%n";

    private static final List<String> QUIET =
            List.of("org.eclipse.jetty", "io.javalin", "io.lettuce", "io.netty", "com.zaxxer.hikari");

    /** The log manager holds loggers weakly: without us, a level would be forgotten with its logger. */
    private static List<Logger> held = List.of();

    /** Warn of broken requests and quote them, tokens too: anyone who can connect could fill the log. */
    private static final List<Logger> QUOTING = List.of(
            Logger.getLogger("org.eclipse.jetty.http.HttpParser"), Logger.getLogger("org.eclipse.jetty.util.HostPort"));

    private Logging() {}

    static void quieten() {
        // also where the operator configured logging, unless he named them
        QUOTING.stream().filter(logger -> logger.getLevel() == null).forEach(logger -> logger.setLevel(Level.SEVERE));
        if (System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null) {
            return;
        }
        if (System.getProperty(FORMAT) == null) {
            System.setProperty(FORMAT, ONE_LINE);
        }
        held = QUIET.stream().map(Logger::getLogger).toList();
        held.forEach(logger -> logger.setLevel(Level.WARNING));
    }
}
