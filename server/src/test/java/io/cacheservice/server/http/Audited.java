package io.cacheservice.server.http;

import io.cacheservice.server.access.AuditLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The lines of the audit while this is open. */
final class Audited extends Handler implements AutoCloseable {
    private static final Logger AUDIT = Logger.getLogger(AuditLog.LOGGER);

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private final Level before = AUDIT.getLevel();

    Audited() {
        AUDIT.setLevel(Level.INFO);
        AUDIT.addHandler(this);
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord record) {
        lines.add(new SimpleFormatter().formatMessage(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        AUDIT.removeHandler(this);
        AUDIT.setLevel(before);
    }
}
