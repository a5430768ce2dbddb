package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.BatchOutcome;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.EntryDetails;
import io.cacheservice.FailedOutcome;
import io.cacheservice.KeyPage;
import io.cacheservice.PrefixRemovalOptions;
import io.cacheservice.PrefixRemovalReport;
import io.cacheservice.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a removal by prefix makes of pages, good and bad. */
class PrefixRemovalTest {
    private static final CompletableFuture<KeyPage> TIMED_OUT =
            CompletableFuture.failedFuture(new CacheTimeoutException("late", FailedOutcome.NOT_APPLIED));

    private final Pages pages = new Pages();
    private final List<String> removed = new ArrayList<>();

    @Test
    void aPageThatIsLateIsAskedForAgain() throws Exception {
        pages.give(page("next", "a:1"), TIMED_OUT, TIMED_OUT, page(null, "a:2"));

        PrefixRemovalReport report = remove().get(20, TimeUnit.SECONDS);

        assertThat(report.removed()).isEqualTo(2);
        assertThat(removed).containsExactly("a:1", "a:2");
        assertThat(pages.asked).containsExactly(null, "next", "next", "next");
    }

    @Test
    void aListingThatIsForbiddenEndsItAtOnce() {
        pages.give(CompletableFuture.failedFuture(
                new CacheConnectionException("no right to SCAN", FailedOutcome.NOT_APPLIED, null, true)));

        assertThat(remove())
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("no right to SCAN");
        assertThat(pages.asked).hasSize(1);
    }

    @Test
    void aKeyThatAPageHasTwiceIsRemovedOnce() throws Exception {
        pages.give(page(null, "a:1", "a:2", "a:1"));

        assertThat(remove().get(20, TimeUnit.SECONDS).removed()).isEqualTo(2);
    }

    @Test
    void theServersThatAreNotListedAreReported() throws Exception {
        KeyPage.Unlisted away = new KeyPage.Unlisted("10.0.0.1:6379", "away");
        pages.give(CompletableFuture.completedFuture(new KeyPage(List.of(), "next", List.of(away))), page(null, "a:1"));

        PrefixRemovalReport report = remove().get(20, TimeUnit.SECONDS);

        assertThat(report.unlisted()).containsExactly(away);
        assertThat(report.complete()).isFalse();
    }

    private CompletableFuture<PrefixRemovalReport> remove() {
        return new PrefixRemoval(
                        "a:",
                        pages,
                        keys -> {
                            removed.addAll(keys);
                            return CompletableFuture.completedFuture(new BatchOutcome(keys.size(), 0, 0, Map.of()));
                        },
                        PrefixRemovalOptions.defaults(),
                        soFar -> {},
                        TimeSource.system(),
                        new BackgroundJob<>("the removal by prefix", Runnable::run))
                .run();
    }

    private static CompletableFuture<KeyPage> page(@Nullable String next, String... keys) {
        return CompletableFuture.completedFuture(new KeyPage(List.of(keys), next, List.of()));
    }

    /** Entries whose listing is what the test says. */
    private static final class Pages implements ListedEntries {
        private final Deque<CompletableFuture<KeyPage>> answers = new ArrayDeque<>();
        private final List<@Nullable String> asked = new ArrayList<>();

        @SafeVarargs
        final void give(CompletableFuture<KeyPage>... pages) {
            for (CompletableFuture<KeyPage> page : pages) {
                answers.add(page);
            }
        }

        @Override
        public CompletableFuture<KeyPage> page(String prefix, @Nullable String cursor, int most) {
            asked.add(cursor);
            return answers.remove();
        }

        @Override
        public List<String> hottest(int count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public EntryDetails inspect(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean setLife(String key, @Nullable Duration life) {
            throw new UnsupportedOperationException();
        }
    }
}
