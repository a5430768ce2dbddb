package io.cacheservice.redis.evolution;

import io.cacheservice.redis.evolution.Fleet.Phase;
import io.cacheservice.testkit.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Replaces the processes of a fleet one by one by those of a new version, and says what it cost: {@code
 * redis/drills/rolling-upgrade} starts it. It ends with 1 when somebody read what he must not, or when an upgrade in which each
 * version reads the other's entries cost more than 10 % of the normal.
 */
final class RollingUpgradeRun {
    private static final String HEAD = """
            | the upgrade | old + new processes | hit ratio | loads for a change | loads per second of the old | of the new | wrong |
            | --- | --- | --- | --- | --- | --- | --- |""";

    private RollingUpgradeRun() {}

    /** [seconds of a phase]. */
    public static void main(String[] words) {
        int changes = Fleet.CHANGES * (words.length == 0 ? 10 : Integer.parseInt(words[0]));
        boolean isGood = true;
        System.out.println(HEAD);
        for (Upgrade upgrade : Upgrade.values()) {
            List<Row> rows = run(upgrade, changes);
            rows.forEach(row -> System.out.println(row.line()));
            isGood &= rows.stream().allMatch(row -> row.phase().wrong() == 0)
                    && (upgrade == Upgrade.NO_MIGRATION || upgrade == Upgrade.NEW_MIGRATES || isNormal(rows));
        }
        System.exit(isGood ? 0 : 1);
    }

    /**
     * One row for each number of new processes, from none to all, and one more when nothing is replaced any more.
     *
     * @param changes of rows: how long a phase is
     */
    static List<Row> run(Upgrade upgrade, int changes) {
        try (RedisServer server = RedisServer.start();
                Fleet fleet = new Fleet(upgrade, server.url())) {
            fleet.awaitChanges(changes);
            fleet.next();
            List<Row> rows = new ArrayList<>();
            for (int replaced = 0; replaced <= Fleet.PROCESSES; replaced++) {
                if (replaced > 0) {
                    fleet.replaceOne();
                }
                fleet.awaitChanges(changes);
                rows.add(new Row(upgrade, replaced, fleet.next(), fleet.migrated()));
            }
            fleet.awaitChanges(changes);
            rows.add(new Row(upgrade, Fleet.PROCESSES, fleet.next(), fleet.migrated()));
            return rows;
        }
    }

    /** Whether hit ratio and loads of each phase are within 10 % of those of the first, in which all are old. */
    static boolean isNormal(List<Row> rows) {
        Phase normal = rows.get(0).phase();
        return rows.stream()
                .map(Row::phase)
                .allMatch(phase -> phase.hitRatio() >= 0.9 * normal.hitRatio()
                        && phase.loadsForAChange() <= 1.1 * normal.loadsForAChange());
    }

    /**
     * What one phase cost.
     *
     * @param replaced how many processes are of the new version
     * @param migrated reads of the running processes that were answered by a migration, until then
     */
    record Row(Upgrade upgrade, int replaced, Phase phase, long migrated) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d + %d | %.1f %% | %.2f | %.0f | %.0f | %d |",
                    upgrade.words(),
                    Fleet.PROCESSES - replaced,
                    replaced,
                    100 * phase.hitRatio(),
                    phase.loadsForAChange(),
                    phase.perSecond(phase.loadsOfOld()),
                    phase.perSecond(phase.loadsOfNew()),
                    phase.wrong());
        }
    }
}
