package io.cacheservice.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final String RESULT = """
            {"suite": "%s", "started": "2026-11-28T05:59:40Z", "commit": "abc1234", "quick": %s, "only": "",
             "warmUpRounds": 2, "rounds": 5, "sliceMillis": 400,
             "jdk": {"version": "25.0.3+9-LTS", "vendor": "Somebody", "options": []},
             "machine": {"processor": "Fast One", "cores": 2, "memory": "2097152 kB", "os": "Linux 6.18", "architecture": "amd64"},
             "versions": {"redis-server": "7.0.15", "lettuce": "7.7.0"},
             "results": [
               {"case": "get-1KB-64-platform", "subject": "lettuce-sync", "metric": "ops/s", "value": 1000.0,
                "spread": {"min": 900.0, "lowerQuartile": 950.0, "upperQuartile": 1050.0, "max": 1100.0},
                "ratio": {"lettuce-sync": {"value": 1.0, "spread": {"min": 1.0, "lowerQuartile": 1.0, "upperQuartile": 1.0, "max": 1.0}}}},
               {"case": "get-1KB-64-platform", "subject": "cache-service-lookup", "metric": "ops/s", "value": 2000.4,
                "spread": {"min": 1900.0, "lowerQuartile": 1950.0, "upperQuartile": 2050.0, "max": 2100.0},
                "ratio": {"lettuce-sync": {"value": 2.0, "spread": {"min": 1.5, "lowerQuartile": 1.9, "upperQuartile": 2.1, "max": 2.5}}}},
               {"case": "get-1KB-64-platform", "subject": "cache-service-lookup", "metric": "alloc B/op", "value": 512.0,
                "spread": {"min": 512.0, "lowerQuartile": 512.0, "upperQuartile": 512.0, "max": 512.0}, "ratio": {}},
               {"case": "get-10KB-64-platform", "subject": "cache-service-lookup", "metric": "ops/s", "value": 7.0,
                "spread": {"min": 7.0, "lowerQuartile": 7.0, "upperQuartile": 7.0, "max": 7.0}, "ratio": {}},
               {"case": "get-1KB-64-platform", "subject": "cache-service-lookup", "metric": "foreign cores", "value": 0.02,
                "spread": {"min": 0.0, "lowerQuartile": 0.0, "upperQuartile": 0.0, "max": 0.1}, "ratio": {}}]}
            """;

    @TempDir
    Path folder;

    private Path results;
    private Path suites;

    @BeforeEach
    void makeFolders() throws IOException {
        results = Files.createDirectory(folder.resolve("results"));
        suites = Files.createDirectory(folder.resolve("suites"));
    }

    @Test
    void aSuiteIsShownWithItsWordsItsCircumstancesAndATable() throws IOException {
        Files.writeString(suites.resolve("redis.md"), "How many?\n");
        Files.writeString(results.resolve("redis.json"), RESULT.formatted("redis", false));

        assertThat(page())
                .contains("## redis\n\nHow many?\n\nMeasured on 2026-11-28, commit abc1234, Java 25.0.3 (Somebody);")
                .contains("5 rounds of 400 ms a subject after 2 to warm up; other processes used 0.02 cores.")
                .contains("Versions: redis-server 7.0.15, lettuce 7.7.0.")
                .contains("Machine: 2 cores of Fast One, 2.0 GiB, Linux 6.18 amd64.")
                .contains("""
                        | get-1KB-64-platform | ops/s | x `lettuce-sync` | alloc B/op |
                        | --- | ---: | ---: | ---: |
                        | `lettuce-sync` | 1,000 (900–1,100) | 1.00 |  |
                        | `cache-service-lookup` | 2,000 (1,900–2,100) | 2.00 (1.90–2.10) | 512 |
                        """);
    }

    @Test
    void casesThatDoNotLeadAreFolded() throws IOException {
        Files.writeString(results.resolve("redis.json"), RESULT.formatted("redis", false));

        assertThat(page()).containsSubsequence("| get-1KB-64-platform |", "<details>", "| get-10KB-64-platform |");
    }

    @Test
    void eachAimSaysWhetherItIsReachedOrThatItWasNotMeasured() throws IOException {
        Files.writeString(results.resolve("redis.json"), RESULT.formatted("redis", false));

        assertThat(page())
                .contains("| 64 platform threads: at least 1.9 x as often | 2.00 (1.90–2.10) x `lettuce-sync` | yes |")
                .contains("| A hit in front of Redis: at most 1.2 x that | not yet |  |");
    }

    @Test
    void aQuickRunIsCalledSoInItsAimsToo() throws IOException {
        Files.writeString(results.resolve("redis.json"), RESULT.formatted("redis", true));

        assertThat(page()).contains("; **quick run**;").contains("x `lettuce-sync`, quick run | yes |");
    }

    @Test
    void itsPicturesAreWrittenAndThoseOfBeforeGo() throws IOException {
        Files.writeString(results.resolve("redis.json"), RESULT.formatted("redis", false));
        page();
        Path images = folder.resolve("docs/images/benchmarks");
        Files.writeString(images.resolve("of-before.svg"), "");

        assertThat(page()).contains("(images/benchmarks/redis-get.svg)");
        assertThat(images.resolve("redis-get.svg")).content().contains(">2.00<");
        assertThat(images.resolve("of-before.svg")).doesNotExist();
    }

    @Test
    void aSuiteThatThePageDoesNotKnowComesLastWithTheFirstOfItsMetrics() throws IOException {
        Files.writeString(results.resolve("another.json"), RESULT.formatted("another", false));
        Files.writeString(results.resolve("redis.json"), RESULT.formatted("redis", false));

        assertThat(page()).containsSubsequence("## redis", "## another", "another.svg", "| 2,000 (1,900–2,100) |");
    }

    @Test
    void theTimelineOfAnOutageIsDrawnWithItsGaps() throws IOException {
        String timeline = """
                {"callers": 64, "sourceMillis": 5, "faultAtMillis": 100, "repairAtMillis": 200,
                 "p99MillisPer100Millis": {"remote": {"ours": [1.0, "NaN", 3.0]}},""";
        Files.writeString(
                results.resolve("outage.json"),
                RESULT.formatted("outage", false).replaceFirst("\\{", timeline));

        assertThat(page()).contains("(images/benchmarks/outage-remote.svg)");
        assertThat(folder.resolve("docs/images/benchmarks/outage-remote.svg"))
                .content()
                .contains(">ours<");
    }

    @Test
    void aFileThatIsNoResultIsNamed() throws IOException {
        Files.writeString(
                results.resolve("redis.json"), RESULT.formatted("redis", false).replace("alloc B/op", "of before"));

        assertThatIllegalArgumentException()
                .isThrownBy(this::page)
                .withMessageContaining("redis.json is no result of this version: \"of before\" is no metric");
    }

    private String page() throws IOException {
        Path docs = folder.resolve("docs");
        Report.write(results, suites, docs);
        return Files.readString(docs.resolve("benchmarks.md"));
    }
}
