package io.cacheservice.server.access;

import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** Writes log records as their message and nothing else: for a file that is to have the JSON lines of the audit only. */
public final class AuditLines extends Formatter {
    /** Made by the logging system, by name. */
    public AuditLines() {}

    @Override
    public String format(LogRecord record) {
        return formatMessage(record) + "\n";
    }
}
