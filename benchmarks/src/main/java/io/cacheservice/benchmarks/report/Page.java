package io.cacheservice.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The page of all results.
 *
 * @param sections what was run, in the order of the page
 * @param imageFolder where the pictures are, as the page sees it
 */
record Page(List<Section> sections, String imageFolder) {
    private static final String HEAD = """
            <!-- Written by `benchmarks/run report` from benchmarks/results and benchmarks/suites: change it there. -->

            # Benchmarks

            How fast Cache Service is beside the libraries people use today, and how far it is from what a client can reach at
            all. `benchmarks/run all` measures everything anew on your machine and writes this page;
            `benchmarks/run report` writes it from the results that are there. [How it is measured](../benchmarks/README.md),
            and what may mislead, is told there.
            """;

    private static final String HOW_TO_READ = """
            ## How to read it

            - Read ratios first. `x name` is a subject's figure divided by that of the baseline `name`: for `ops/s` more than 1
              is faster, for times and CPU less than 1 is. Absolute figures belong to the machine.
            - A figure is the median of the rounds, and in parentheses are the least and the most. A ratio is taken within each
              round, whose slices lie next to each other; it is the median of those, and in parentheses are the quartiles. Between
              two runs, less than about 15 % may be chance.
            - Bars begin at 1, the baseline, on a logarithmic scale: twice as much is as long to the right as half as much to the
              left. The thin line goes from quartile to quartile. Coloured bars are Cache Service's.
            - `limit` is no client: one thread and one socket, requests that were encoded before, as many of them under way as
              the others have callers, all sent together and received together. It is what `redis-benchmark` with pipelining
              shows, and `x limit` is how far a client is from it.
            - `client CPU` is the CPU time of the whole process, garbage collection and compilation included; `server CPU` that
              of the main threads of all servers. Where cores are scarce, these two decide how many operations fit on the machine:
              with two cores that clients and servers share, operations a second are roughly two cores divided by their sum.
            - `alloc B/op` is what all threads allocate; in `local`, what the looking-up threads do.
            """;

    /** The Markdown. */
    String markdown() {
        StringBuilder text = new StringBuilder(HEAD);
        text.append("\nSuites: ")
                .append(sections.stream()
                        .map(section -> "[" + section.suite() + "](#" + section.suite() + ")")
                        .collect(Collectors.joining(" · ")))
                .append("\n\nMachine: ")
                .append(sections.stream().map(Section::machine).distinct().collect(Collectors.joining("; ")))
                .append(". Clients and servers share it, over loopback.\n\n");
        text.append(aims()).append('\n').append(HOW_TO_READ);
        sections.forEach(section -> text.append('\n').append(section.markdown(imageFolder)));
        return text.toString();
    }

    /** All pictures, SVG by the name of the file. */
    Map<String, String> pictures() {
        Map<String, String> pictures = new LinkedHashMap<>();
        sections.forEach(section -> pictures.putAll(section.pictures()));
        return pictures;
    }

    private String aims() {
        StringBuilder text = new StringBuilder("""
                ## Aims

                What Cache Service should reach on a machine of two cores, by the medians of the runs below. Where no other baseline is
                named, ratios are to Lettuce's synchronous interface on platform threads. [Where the time goes](speed.md) looks into what
                is not reached, and says what the floor is.

                | suite | aim | measured | reached |
                | --- | --- | --- | --- |
                """);
        for (Aim aim : Aims.all()) {
            Optional<Section> section = sections.stream()
                    .filter(each -> each.suite().equals(aim.suite()))
                    .findFirst();
            Optional<Aim.Verdict> verdict = section.flatMap(each -> aim.in(each.run()));
            String scope = section.map(Section::scope).orElse("");
            text.append("| ")
                    .append(section.isPresent() ? "[" + aim.suite() + "](#" + aim.suite() + ")" : aim.suite())
                    .append(" | ")
                    .append(aim.words())
                    .append(" | ")
                    .append(verdict.map(Aim.Verdict::measured).orElse("not yet"))
                    .append(verdict.isPresent() && scope.startsWith("**quick") ? ", quick run" : "")
                    .append(" | ")
                    .append(verdict.map(each -> each.reached() ? "yes" : "**no**")
                            .orElse(""))
                    .append(" |\n");
        }
        return text.toString();
    }
}
