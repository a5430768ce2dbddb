package io.cacheservice.redis.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.redis.evolution.RollingUpgradeRun.Row;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short form of {@link RollingUpgradeRun}. A load is due to a change of its row, and to nothing else. */
class RollingUpgradeTest {
    private static final int PHASE = Fleet.CHANGES;
    private static final double TOLERATED = 1.1;

    @ParameterizedTest
    @EnumSource(names = {"SAME_SCHEMA", "BOTH_MIGRATE"})
    void whereEachVersionReadsTheOthersEntriesAnUpgradeCostsNothing(Upgrade upgrade) {
        List<Row> rows = RollingUpgradeRun.run(upgrade, PHASE);

        assertNothingWrong(rows);
        assertThat(sum(rows, row -> row.phase().loadsOfOld() + row.phase().loadsOfNew()))
                .as(lines(rows))
                .isBetween(1L, tolerated(rows));
        double normal = rows.get(0).phase().hitRatio();
        assertThat(rows).as(lines(rows)).allMatch(row -> row.phase().hitRatio() > 0.9 * normal);
    }

    @Test
    void whereTheNewVersionMigratesOnlyOldProcessesLoadForThemselves() {
        List<Row> rows = RollingUpgradeRun.run(Upgrade.NEW_MIGRATES, PHASE);

        assertNothingWrong(rows);
        assertThat(sum(rows, row -> row.phase().loadsOfNew())).as(lines(rows)).isBetween(1L, tolerated(rows));
        assertThat(sum(rows, row -> row.phase().loadsOfOld())).as(lines(rows)).isPositive();
        assertThat(rows.get(1).migrated()).as(lines(rows)).isPositive();
    }

    @Test
    void whereNobodyReadsTheOthersEntriesTheNewVersionLoadsEachKeyOnceAndOldOnesReplaceNothing() {
        List<Row> rows = RollingUpgradeRun.run(Upgrade.NO_MIGRATION, PHASE);

        assertNothingWrong(rows);
        assertThat(sum(rows, row -> row.phase().loadsOfNew()))
                .as(lines(rows))
                .isBetween(Fleet.KEYS / 2L, Fleet.KEYS + tolerated(rows));
        assertThat(sum(rows, row -> row.phase().loadsOfOld())).as(lines(rows)).isPositive();
    }

    private static long tolerated(List<Row> rows) {
        return (long) (TOLERATED * sum(rows, row -> row.phase().changes()));
    }

    private static void assertNothingWrong(List<Row> rows) {
        assertThat(rows)
                .as(lines(rows))
                .allMatch(row -> row.phase().reads() > 0 && row.phase().wrong() == 0);
    }

    private static long sum(List<Row> rows, ToLongFunction<Row> count) {
        return rows.stream().mapToLong(count).sum();
    }

    private static String lines(List<Row> rows) {
        return String.join("\n", rows.stream().map(Row::line).toList());
    }
}
