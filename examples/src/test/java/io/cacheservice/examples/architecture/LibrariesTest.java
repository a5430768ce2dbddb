package io.cacheservice.examples.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

/** Each library has one room that knows it, so that it can be replaced there. */
class LibrariesTest {
    @Test
    void onlyTheLocalRoomKnowsCaffeine() {
        knownOnlyIn(
                new String[] {"io.cacheservice.internal.local", Project.EXAMPLES}, "com.github.benmanes.caffeine..");
    }

    @Test
    void onlyTheStatsRoomKnowsHdrHistogram() {
        knownOnlyIn(new String[] {"io.cacheservice.internal.stats"}, "org.HdrHistogram..");
    }

    @Test
    void onlyRedisKnowsLettuceAndNetty() {
        knownOnlyIn(new String[] {Project.REDIS}, "io.lettuce..", "io.netty..");
    }

    @Test
    void onlyTheCryptoRoomOfCoreKnowsCiphers() {
        knownOnlyIn(new String[] {"io.cacheservice.internal.crypto"}, "javax.crypto..");
    }

    @Test
    void onlyItsModuleKnowsCompressors() {
        knownOnlyIn(new String[] {Project.COMPRESSION}, "com.github.luben.zstd..", "net.jpountz.lz4..");
    }

    @Test
    void onlyRedisKnowsTheBreaker() {
        knownOnlyIn(new String[] {Project.REDIS}, "io.github.resilience4j..");
    }

    @Test
    void onlyTheHttpServerKnowsJavalinAndJetty() {
        knownOnlyIn(
                new String[] {"io.cacheservice.server.http.."},
                "io.javalin..",
                "org.eclipse.jetty..",
                "jakarta.servlet..");
    }

    @Test
    void onlyTheProgramKnowsPicocliAndYaml() {
        knownOnlyIn(new String[] {"io.cacheservice.server", "io.cacheservice.server.cli.."}, "picocli..");
        knownOnlyIn(
                new String[] {"io.cacheservice.server.yaml..", "io.cacheservice.server.access.."},
                "tools.jackson.dataformat.yaml..");
    }

    @Test
    void onlyItsModuleTheStarterAndTheServerKnowMicrometer() {
        knownOnlyIn(
                new String[] {Project.MICROMETER, Project.SPRING, Project.SERVER, Project.EXAMPLES}, "io.micrometer..");
    }

    @Test
    void onlyTheStarterKnowsSpring() {
        knownOnlyIn(new String[] {Project.SPRING, Project.EXAMPLES}, "org.springframework..");
    }

    @Test
    void onlyTheDemoKnowsItsDatabase() {
        knownOnlyIn(new String[] {"io.cacheservice.server.demo.."}, "org.h2..");
    }

    @Test
    void onlyTheSourcesOfTheProgramAndTheDemoKnowDatabases() {
        knownOnlyIn(new String[] {"io.cacheservice.server.source..", "io.cacheservice.server.demo.."}, "java.sql..");
        knownOnlyIn(new String[] {"io.cacheservice.server.source.."}, "com.zaxxer.hikari..");
    }

    private static void knownOnlyIn(String[] rooms, String... library) {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library)
                .check(Project.classes());
    }
}
