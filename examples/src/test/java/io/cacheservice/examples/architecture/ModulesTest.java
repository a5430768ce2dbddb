package io.cacheservice.examples.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between modules. */
class ModulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.cacheservice",
                "io.cacheservice.spi",
                "io.cacheservice.internal.engine",
                "io.cacheservice.redis",
                "io.cacheservice.jackson",
                "io.cacheservice.compression",
                "io.cacheservice.micrometer",
                "io.cacheservice.spring",
                "io.cacheservice.server",
                "io.cacheservice.testkit"
            })
    void everyModuleIsLookedAt(String packageName) {
        assertThat(Project.classes().containPackage(packageName)).isTrue();
    }

    @Test
    void coreKnowsCaffeineHdrHistogramAndNoOtherModule() {
        onlyKnows(
                Project.CORE,
                Project.FACE[0],
                Project.FACE[1],
                Project.INTERNALS,
                "com.github.benmanes.caffeine..",
                "org.HdrHistogram..",
                "javax.crypto..",
                "javax.management..");
    }

    @Test
    void redisKnowsTheFaceOfCoreLettuceAndTheBreaker() {
        // reactor: an interface of the driver, which redis implements to do without it, has it in a signature
        onlyKnows(
                new String[] {Project.REDIS},
                adapter(
                        Project.REDIS,
                        "io.lettuce..",
                        "io.netty..",
                        "reactor.core.publisher",
                        "io.github.resilience4j.."));
    }

    @Test
    void jacksonKnowsTheFaceOfCoreAndJackson() {
        onlyKnows(
                new String[] {Project.JACKSON},
                adapter(Project.JACKSON, "tools.jackson..", "com.fasterxml.jackson.annotation.."));
    }

    @Test
    void compressionKnowsTheFaceOfCoreZstandardAndLz4() {
        onlyKnows(
                new String[] {Project.COMPRESSION},
                adapter(Project.COMPRESSION, "com.github.luben.zstd..", "net.jpountz.lz4.."));
    }

    @Test
    void micrometerKnowsTheFaceOfCoreAndMicrometer() {
        onlyKnows(new String[] {Project.MICROMETER}, adapter(Project.MICROMETER, "io.micrometer.core.."));
    }

    @Test
    void springKnowsTheFaceOfCoreMetersAndSpring() {
        onlyKnows(
                new String[] {Project.SPRING},
                adapter(Project.SPRING, Project.MICROMETER, "io.micrometer.core..", "org.springframework.."));
    }

    @Test
    void theTestkitKnowsTheFaceOfCoreAndTestLibraries() {
        onlyKnows(
                new String[] {Project.TESTKIT},
                adapter(
                        Project.TESTKIT,
                        "org.junit.jupiter..",
                        "org.assertj.core..",
                        "org.awaitility..",
                        "redis.embedded..",
                        "com.sun.management.."));
    }

    @Test
    void theServerJoinsThemByTheirFaces() {
        noClasses()
                .that()
                .resideInAPackage(Project.SERVER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Project.INTERNALS, Project.EXAMPLES)
                .check(Project.classes());
    }

    /** The program carries the kit without the libraries for tests that other parts of it need. */
    @Test
    void onlyTheDemoNeedsTheTestkitAndOfItOnlyLinksThatBreak() {
        noClasses()
                .that()
                .resideInAPackage(Project.SERVER)
                .and()
                .resideOutsideOfPackage("io.cacheservice.server.demo")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(Project.TESTKIT)
                .check(Project.classes());
        noClasses()
                .that()
                .resideInAPackage(Project.SERVER)
                .should()
                .dependOnClassesThat(
                        resideInAPackage(Project.TESTKIT).and(not(belongToAnyOf(FaultProxy.class, Direction.class))))
                .check(Project.classes());
    }

    @Test
    void theExamplesUseNothingThatUsersCannot() {
        noClasses()
                .that()
                .resideInAPackage(Project.EXAMPLES)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(Project.INTERNALS)
                .check(Project.classes());
    }

    private static String[] adapter(String own, String... libraries) {
        String[] known = java.util.Arrays.copyOf(libraries, libraries.length + 3);
        known[libraries.length] = own;
        known[libraries.length + 1] = Project.FACE[0];
        known[libraries.length + 2] = Project.FACE[1];
        return known;
    }

    private static void onlyKnows(String[] module, String... known) {
        classes()
                .that()
                .resideInAnyPackage(module)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Project.withJdk(known))
                .check(Project.classes());
    }
}
