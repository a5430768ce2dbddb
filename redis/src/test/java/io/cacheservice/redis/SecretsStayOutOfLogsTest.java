package io.cacheservice.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.testkit.RedisServer;
import io.lettuce.core.protocol.CommandEncoder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is logged about a driver that would log secrets. */
class SecretsStayOutOfLogsTest {
    private final Logger drivers = Logger.getLogger(CommandEncoder.class.getName());
    private final Logger ours = Logger.getLogger("io.cacheservice.redis");
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            messages.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        ours.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        ours.removeHandler(handler);
        drivers.setLevel(null);
    }

    private void open() {
        try (RedisServer redis = RedisServer.start()) {
            Tiers.open(Tiers.config(redis.url())).close();
        }
    }

    @Test
    void aDriverThatLogsWhatItSendsIsWarnedOf() {
        drivers.setLevel(Level.FINEST);
        open();

        assertThat(messages).anySatisfy(message -> assertThat(message).contains("io.lettuce", "TRACE", "password"));
    }

    @Test
    void aDriverThatLogsNothingOfTheKindIsNot() {
        open();

        assertThat(messages).noneMatch(message -> message.contains("TRACE"));
    }
}
