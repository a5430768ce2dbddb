package io.cacheservice.redis.doctor;

import java.util.Locale;

/** The checks, in the order of {@code docs/doctor.md}. */
enum Check {
    REACH,
    TLS,
    LOGIN,
    PROTOCOL,
    VERSION,
    TOPOLOGY,
    CLUSTER,
    SENTINEL,
    RIGHTS,
    SCRIPTS,
    TRACKING,
    CONFIG,
    LIMITS,
    EVICTION,
    MEMORY,
    CLIENTS,
    ROUND_TRIP,
    CLOCK,
    PERSISTENCE,
    REPLICATION;

    /** As operators read it: {@code round-trip}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Finding ok(String where, String seen) {
        return new Finding(text(), Level.OK, where, seen, "");
    }

    Finding note(String where, String seen, String remedy) {
        return new Finding(text(), Level.NOTE, where, seen, remedy);
    }

    Finding warning(String where, String seen, String remedy) {
        return new Finding(text(), Level.WARNING, where, seen, remedy);
    }

    Finding fault(String where, String seen, String remedy) {
        return new Finding(text(), Level.FAULT, where, seen, remedy);
    }

    Finding skipped(String where, String why) {
        return new Finding(text(), Level.SKIPPED, where, why, "");
    }
}
