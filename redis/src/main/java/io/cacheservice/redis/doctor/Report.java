package io.cacheservice.redis.doctor;

import java.util.List;

/**
 * What was found. Immutable.
 *
 * @param examined whether any server could be examined
 * @param findings in the order of looking
 */
public record Report(boolean examined, List<Finding> findings) {
    /** The copy keeps others from changing it. */
    public Report {
        findings = List.copyOf(findings);
    }

    /** How many findings have this level. */
    public long count(Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }
}
