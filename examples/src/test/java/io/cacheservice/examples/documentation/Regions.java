package io.cacheservice.examples.documentation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The parts of source files between {@code // region NAME} and {@code // endregion}. */
final class Regions {
    private Regions() {}

    /**
     * The lines of a region without their common indentation, each with its line feed.
     *
     * @throws AssertionError when there is no such file or region
     */
    static String read(Path source, String region) throws Exception {
        if (!Files.isRegularFile(source)) {
            throw new AssertionError("there is no file " + source);
        }
        List<String> lines = Files.readAllLines(source);
        int begin = find(lines, "// region " + region, 0);
        int end = begin < 0 ? -1 : find(lines, "// endregion", begin);
        if (end < 0) {
            throw new AssertionError("there is no region '" + region + "' in " + source);
        }
        return String.join("\n", lines.subList(begin + 1, end)).stripIndent() + "\n";
    }

    private static int find(List<String> lines, String mark, int from) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(mark)) {
                return i;
            }
        }
        return -1;
    }
}
