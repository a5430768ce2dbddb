package io.cacheservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggingTest {
    @ParameterizedTest
    @ValueSource(strings = {"org.eclipse.jetty.http.HttpParser", "org.eclipse.jetty.util.HostPort"})
    void whatQuotesBrokenRequestsIsSilentWhetherOrNotLoggingIsConfigured(String name) {
        Logging.quieten();

        assertThat(Logger.getLogger(name).isLoggable(Level.WARNING)).isFalse();
    }

    @Test
    void aLevelThatTheOperatorGaveItStays() {
        Logger logger = Logger.getLogger("org.eclipse.jetty.util.HostPort");
        logger.setLevel(Level.INFO);
        try {
            Logging.quieten();

            assertThat(logger.getLevel()).isEqualTo(Level.INFO);
        } finally {
            logger.setLevel(Level.SEVERE);
        }
    }
}
