package io.cacheservice.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.server.http.AllRoutes.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/security.md} is that of the routes. {@code -Dupdate.docs=true} writes it anew. */
class NeedsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "security.md");
    private static final String BEGIN = "<!-- needs -->\n";
    private static final String END = "<!-- /needs -->";

    @Test
    void thePageSaysWhatEachRouteNeeds() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String expected = page.substring(0, begin) + table() + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/security.md; write it anew with -Dupdate.docs=true")
                .isEqualTo(expected);
    }

    private static String table() {
        List<Route> routes = AllRoutes.list();
        return routes.stream()
                .filter(route -> !route.method().equals("HEAD"))
                .map(route -> "| `" + route.method() + " " + route.path().replace("<key>", "{key}") + "` | "
                        + (route.needs().scope() == null
                                ? "no token"
                                : "`" + route.needs().scope().text() + "`")
                        + " | " + reach(route.needs().keys()) + " |")
                .collect(Collectors.joining("\n", "| Request | Scope | Reaches |\n| --- | --- | --- |\n", "\n"));
    }

    private static String reach(Needs.Keys keys) {
        return switch (keys) {
            case NONE -> "-";
            case IN_TARGET -> "key";
            case IN_BODY -> "keys";
            case BEGINNING -> "keys that begin so";
            case ALL -> "every key";
        };
    }
}
