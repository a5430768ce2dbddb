package io.cacheservice.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RefusalBudgetTest {
    @Test
    void afterABurstAFewASecondAreLoggedAndTheRestIsCounted() {
        RefusalBudget budget = new RefusalBudget(3, 2, 0);

        assertThat(budget.take(0)).isZero();
        assertThat(budget.take(0)).isZero();
        assertThat(budget.take(0)).isZero();
        assertThat(budget.take(0)).isNegative();
        assertThat(budget.take(0)).isNegative();
        assertThat(budget.take(TimeUnit.MILLISECONDS.toNanos(500))).isEqualTo(2);
        assertThat(budget.take(TimeUnit.MILLISECONDS.toNanos(500))).isNegative();
        assertThat(budget.take(TimeUnit.SECONDS.toNanos(60))).isEqualTo(1);
    }

    @Test
    void aPauseSavesNoMoreThanABurst() {
        RefusalBudget budget = new RefusalBudget(2, 100, 0);
        long later = TimeUnit.DAYS.toNanos(1);

        assertThat(budget.take(later)).isZero();
        assertThat(budget.take(later)).isZero();
        assertThat(budget.take(later)).isNegative();
    }
}
