package io.cacheservice.examples.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The main classes of every module that the examples see: all but the benchmarks, which nobody can depend on. */
final class Project {
    /** The packages that users and implementers may name. */
    static final String[] FACE = {"io.cacheservice", "io.cacheservice.spi"};

    static final String INTERNALS = "io.cacheservice.internal..";
    static final String REDIS = "io.cacheservice.redis..";
    static final String JACKSON = "io.cacheservice.jackson..";
    static final String COMPRESSION = "io.cacheservice.compression..";
    static final String MICROMETER = "io.cacheservice.micrometer..";
    static final String SPRING = "io.cacheservice.spring..";
    static final String SERVER = "io.cacheservice.server..";
    static final String TESTKIT = "io.cacheservice.testkit..";
    static final String EXAMPLES = "io.cacheservice.examples..";

    /** Core, all of it. */
    static final String[] CORE = {FACE[0], FACE[1], INTERNALS};

    /** What a program puts on its class path: core and its adapters. */
    static final String[] LIBRARY = {FACE[0], FACE[1], INTERNALS, REDIS, JACKSON, COMPRESSION, MICROMETER, SPRING};

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.cacheservice");

    private Project() {}

    static JavaClasses classes() {
        return CLASSES;
    }

    /** {@code packages} and those of the JDK and JSpecify. */
    static String[] withJdk(String... packages) {
        String[] all = java.util.Arrays.copyOf(packages, packages.length + 3);
        all[packages.length] = "java..";
        all[packages.length + 1] = "javax.net.ssl..";
        all[packages.length + 2] = "org.jspecify.annotations..";
        return all;
    }
}
