package io.cacheservice.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The targets of a module with a few inputs each, always the same: a subclass in the module's tests finds them. */
public abstract class FuzzContract {
    private static final long SEED = 1;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Made by JUnit. */
    protected FuzzContract() {}

    @TestFactory
    Stream<DynamicTest> everyInputIsTakenOrRefusedInGoodOrder() {
        List<FuzzTarget> targets = new ArrayList<>();
        ServiceLoader.load(FuzzTarget.class).forEach(targets::add);
        assertThat(targets).as("targets in META-INF/services").isNotEmpty();
        return targets.stream().map(target -> DynamicTest.dynamicTest(target.name(), () -> run(target)));
    }

    private static void run(FuzzTarget target) throws InterruptedException {
        FuzzReport report = FuzzRun.run(target, SEED, 0, target.inputsInSuite(), MOST_NANOS, (inputs, failed) -> {});
        assertThat(report.failures().stream().map(FuzzFailure::text).toList())
                .as("failures, of " + report.inputs() + " inputs")
                .isEmpty();
        assertThat(report.inputs()).isPositive();
        assertThat(report.acceptedPercent())
                .as("percent of the inputs that get past the first check")
                .isBetween(5, 95);
    }
}
