package io.cacheservice.examples.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What main code must not call. */
class ForbiddenCallsTest {
    @Test
    void timeIsReadFromTheTimeSource() {
        DescribedPredicate<JavaAccess<?>> clocks = called(System.class, "nanoTime|currentTimeMillis")
                .or(called(Instant.class, "now"))
                .or(called(Clock.class, "system.*|tick.*"))
                .or(called(Date.class, "<init>"))
                .as("read a clock of the machine");
        noClasses()
                .that()
                .resideInAnyPackage(Project.FACE[0], Project.FACE[1], Project.INTERNALS, Project.REDIS)
                .and()
                .doNotHaveFullyQualifiedName("io.cacheservice.SystemTime")
                .should()
                .accessTargetWhere(clocks)
                .check(Project.classes());
    }

    @Test
    void nothingReadsOrWritesSerializedJavaObjects() {
        noClasses()
                .should()
                .accessTargetWhere(targetOwner(assignableTo(ObjectInputStream.class))
                        .or(targetOwner(assignableTo(ObjectOutputStream.class))))
                .check(Project.classes());
    }

    @Test
    void theLibraryDoesNotSleep() {
        noClasses()
                .that()
                .resideInAnyPackage(Project.LIBRARY)
                .should()
                .accessTargetWhere(called(Thread.class, "sleep").or(called(TimeUnit.class, "sleep")))
                .check(Project.classes());
    }

    private static DescribedPredicate<JavaAccess<?>> called(Class<?> owner, String name) {
        return targetOwner(equivalentTo(owner)).and(target(nameMatching(name)));
    }
}
