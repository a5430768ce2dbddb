package io.cacheservice.server.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the server logs while this is open. */
final class Logged extends Handler implements AutoCloseable {
    private static final Logger SERVER = Logger.getLogger("io.cacheservice.server.http");

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    Logged() {
        SERVER.addHandler(this);
    }

    /** The root causes of what was logged, as texts. */
    List<String> causes() {
        return records.stream().map(LogRecord::getThrown).map(Logged::root).toList();
    }

    private static String root(Throwable failure) {
        return failure == null || failure.getCause() == null ? String.valueOf(failure) : root(failure.getCause());
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        SERVER.removeHandler(this);
    }
}
