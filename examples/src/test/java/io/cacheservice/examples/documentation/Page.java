package io.cacheservice.examples.documentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Java blocks of a page. Each stands behind a comment such as {@code <!-- from examples/src/main/java/X.java#region -->},
 * in which the path begins at the root of the project.
 */
final class Page {
    private static final Pattern ORIGIN = Pattern.compile("<!-- from (\\S+)#(\\S+) -->");
    private static final String FENCE = "```";

    private Page() {}

    /**
     * The page with each Java block as its source has it.
     *
     * @throws AssertionError naming the line of a block that has no origin, or none that exists
     */
    static String rewritten(String name, List<String> lines, Path root) throws Exception {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            written.add(line);
            if (line.strip().startsWith(FENCE + "java")) {
                written.addAll(source(name + ":" + (i + 1), previous(lines, i), root));
                i = end(lines, i);
                written.add(lines.get(i));
            } else if (line.strip().startsWith(FENCE)) {
                int end = end(lines, i);
                written.addAll(lines.subList(i + 1, end + 1));
                i = end;
            }
        }
        return String.join("\n", written) + "\n";
    }

    private static List<String> source(String place, String comment, Path root) throws Exception {
        Matcher origin = ORIGIN.matcher(comment.strip());
        if (!origin.matches()) {
            throw new AssertionError(
                    place + ": a Java block needs a line <!-- from path/Source.java#region --> before it,"
                            + " so that the build compiles what it shows");
        }
        return Regions.read(root.resolve(origin.group(1)), origin.group(2))
                .lines()
                .toList();
    }

    private static String previous(List<String> lines, int index) {
        int i = index - 1;
        while (i > 0 && lines.get(i).isBlank()) {
            i--;
        }
        return i < 0 ? "" : lines.get(i);
    }

    private static int end(List<String> lines, int begin) {
        int i = begin + 1;
        while (!lines.get(i).strip().equals(FENCE)) {
            i++;
        }
        return i;
    }
}
