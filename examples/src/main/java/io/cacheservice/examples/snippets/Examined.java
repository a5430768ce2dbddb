package io.cacheservice.examples.snippets;

import io.cacheservice.CacheConfig;
import io.cacheservice.TimeSource;
import io.cacheservice.redis.doctor.Doctor;
import io.cacheservice.redis.doctor.Level;
import io.cacheservice.redis.doctor.Report;

/** The code of {@code docs/doctor.md}. */
final class Examined {
    private Examined() {}

    static boolean isFit(CacheConfig config) {
        // region doctor
        Report report = new Doctor(TimeSource.system()).examine(config);
        report.findings().forEach(System.out::println);
        return report.examined() && report.count(Level.FAULT) == 0;
        // endregion
    }
}
