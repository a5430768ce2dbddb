package io.cacheservice.benchmarks.report;

import io.cacheservice.benchmarks.harness.ResultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes the page of all results and its pictures: what {@code benchmarks/run report} starts. */
public final class Report {
    private static final String IMAGES = "images/benchmarks";

    private Report() {}

    /** Reads and writes in the project's folder, which it is started in. */
    public static void main(String[] arguments) throws IOException {
        Path benchmarks = Path.of("benchmarks");
        write(benchmarks.resolve("results"), benchmarks.resolve("suites"), Path.of("docs"));
        System.out.println("written to docs/benchmarks.md");
    }

    /**
     * Writes the page of the result files in {@code results}.
     *
     * @param suites what each suite asks, {@code suite.md}
     * @param docs where the page goes
     * @throws IllegalArgumentException when a file there is no result; it is named
     */
    static void write(Path results, Path suites, Path docs) throws IOException {
        Page page = new Page(sections(results, suites), IMAGES);
        Path images = Files.createDirectories(docs.resolve(IMAGES));
        for (Path old : files(images, ".svg")) {
            Files.delete(old);
        }
        for (Map.Entry<String, String> picture : page.pictures().entrySet()) {
            Files.writeString(images.resolve(picture.getKey() + ".svg"), picture.getValue());
        }
        Files.writeString(docs.resolve("benchmarks.md"), page.markdown());
    }

    private static List<Section> sections(Path results, Path suites) throws IOException {
        List<Section> sections = new ArrayList<>();
        for (Path file : files(results, ".json")) {
            String suite = file.getFileName().toString().replaceFirst("\\.json$", "");
            Path prose = suites.resolve(suite + ".md");
            sections.add(new Section(suite, Files.exists(prose) ? Files.readString(prose) : "", ResultFile.read(file)));
        }
        List<String> order = Chapters.suites();
        // those without a chapter last
        sections.sort(Comparator.comparingInt(
                section -> order.contains(section.suite()) ? order.indexOf(section.suite()) : order.size()));
        return sections;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
