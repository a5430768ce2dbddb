package io.cacheservice.examples.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheServiceBuilder;
import org.junit.jupiter.api.Test;

/** The arrows between the packages of core. */
class CoreRoomsTest {
    private static final String ENGINE = "io.cacheservice.internal.engine";
    private static final String ENTRY = "io.cacheservice.internal.entry";
    private static final String CRYPTO = "io.cacheservice.internal.crypto";
    private static final String COMPRESS = "io.cacheservice.internal.compress";
    private static final String LOCAL = "io.cacheservice.internal.local";
    private static final String REFRESH = "io.cacheservice.internal.refresh";
    private static final String TAGS = "io.cacheservice.internal.tags";
    private static final String STATS = "io.cacheservice.internal.stats";
    private static final String JOURNAL = "io.cacheservice.internal.journal";
    private static final String COHERENCE = "io.cacheservice.internal.coherence";
    private static final String FUTURES = "io.cacheservice.internal.futures";
    private static final String ZONES = "io.cacheservice.internal.zones";
    private static final String CONFIG = "io.cacheservice.internal.config";

    @Test
    void theEntryRoomKnowsNoOtherRoom() {
        standsAlone(ENTRY);
    }

    @Test
    void theCryptoRoomKnowsNoOtherRoom() {
        standsAlone(CRYPTO);
    }

    @Test
    void theRoomOfCompressionKnowsNoOtherRoom() {
        standsAlone(COMPRESS);
    }

    @Test
    void theLocalRoomKnowsNoOtherRoom() {
        standsAlone(LOCAL);
    }

    @Test
    void theCoherenceRoomKnowsTheLocalRoomOnly() {
        standsAlone(COHERENCE, resideInAPackage(LOCAL));
    }

    @Test
    void theRefreshRoomKnowsNoOtherRoom() {
        standsAlone(REFRESH);
    }

    @Test
    void theTagsRoomKnowsCoherenceEntryAndLocalOnly() {
        standsAlone(TAGS, resideInAnyPackage(COHERENCE, ENTRY, LOCAL));
    }

    @Test
    void theFuturesRoomKnowsNoOtherRoom() {
        standsAlone(FUTURES);
    }

    @Test
    void theZonesRoomKnowsEntryAndFuturesOnly() {
        standsAlone(ZONES, resideInAnyPackage(ENTRY, FUTURES));
    }

    @Test
    void theJournalRoomKnowsNoOtherRoom() {
        standsAlone(JOURNAL);
    }

    @Test
    void theStatsRoomKnowsNoOtherRoom() {
        standsAlone(STATS);
    }

    @Test
    void theConfigRoomKnowsNoOtherRoom() {
        standsAlone(CONFIG);
    }

    @Test
    void theEngineTakesItsSettingsFromTheFaceAndNotFromTheConfigRoom() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CONFIG)
                .check(Project.classes());
    }

    @Test
    void onlyTheBuilderOpensServices() {
        classes()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .onlyHaveDependentClassesThat(resideInAPackage(ENGINE).or(named(CacheServiceBuilder.class)))
                .check(Project.classes());
    }

    @Test
    void onlyTheConfigurationReadsSettings() {
        classes()
                .that()
                .resideInAPackage(CONFIG)
                .should()
                .onlyHaveDependentClassesThat(resideInAPackage(CONFIG)
                        .or(inside(CacheConfig.class))
                        .or(name("io.cacheservice.RedisEndpoints")))
                .check(Project.classes());
    }

    @Test
    void theFaceKnowsTheDoorOfTheEngineAndTheSettingsOnly() {
        DescribedPredicate<JavaClass> internals = resideInAPackage(Project.INTERNALS);
        DescribedPredicate<JavaClass> doors =
                resideInAPackage(CONFIG).or(JavaClass.Predicates.equivalentTo(services()));
        noClasses()
                .that()
                .resideInAnyPackage(Project.FACE)
                .should()
                .dependOnClassesThat(internals.and(DescribedPredicate.not(doors)))
                .check(Project.classes());
    }

    @Test
    void nothingButCoreKnowsItsInternals() {
        classes()
                .that()
                .resideInAPackage(Project.INTERNALS)
                .should()
                .onlyHaveDependentClassesThat(resideInAnyPackage(Project.CORE))
                .check(Project.classes());
    }

    private static void standsAlone(String room) {
        standsAlone(room, DescribedPredicate.alwaysFalse());
    }

    private static void standsAlone(String room, DescribedPredicate<JavaClass> known) {
        DescribedPredicate<JavaClass> otherRooms = resideInAPackage(Project.INTERNALS)
                .and(DescribedPredicate.not(resideInAPackage(room)))
                .and(DescribedPredicate.not(known));
        noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat(otherRooms)
                .check(Project.classes());
    }

    private static Class<?> services() {
        return Project.classes().get(ENGINE + ".Services").reflect();
    }

    private static DescribedPredicate<JavaClass> named(Class<?> type) {
        return JavaClass.Predicates.equivalentTo(type);
    }

    private static DescribedPredicate<JavaClass> inside(Class<?> type) {
        return JavaClass.Predicates.belongToAnyOf(type);
    }
}
