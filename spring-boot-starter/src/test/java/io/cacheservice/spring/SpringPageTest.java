package io.cacheservice.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** What {@code docs/spring.md} says of properties. */
class SpringPageTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```properties\\n(.*?)^```");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[a-z-]+`(?:, `[a-z-]+`)*) \\|");

    private final String page = read(Path.of("..", "docs", "spring.md"));

    @Test
    void everyPropertyItShowsIsAccepted() {
        List<String> blocks =
                BLOCK.matcher(page).results().map(block -> block.group(1)).toList();
        assertThat(blocks).hasSizeGreaterThan(2);
        for (String block : blocks) {
            new ApplicationContextRunner()
                    .withUserConfiguration(Properties.class)
                    .withPropertyValues(block.lines().toArray(String[]::new))
                    .run(context -> assertThat(context).hasNotFailed());
        }
    }

    @Test
    void itsTableHasEveryPropertyOfACache() {
        String table = page.substring(page.indexOf("| `cache-service.caches.<name>.` |"));
        List<String> properties = ROW.matcher(table.substring(0, table.indexOf("\n\n")))
                .results()
                .flatMap(row -> Arrays.stream(row.group(1).split(", ", -1)))
                .map(name -> name.replace("`", ""))
                .toList();

        assertThat(properties)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(CachePolicy.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(DataObjectPropertyName::toDashedForm)
                        .toList());
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(CacheServiceProperties.class)
    static class Properties {}
}
