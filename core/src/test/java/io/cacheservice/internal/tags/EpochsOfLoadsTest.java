package io.cacheservice.internal.tags;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.TimeSource;
import io.cacheservice.internal.entry.TagEpoch;
import io.cacheservice.internal.tags.Epochs.Mark;
import io.cacheservice.internal.tags.Epochs.Stamping;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the result of a load is stamped with, answer by answer. */
class EpochsOfLoadsTest {
    private static final TimeSource STILL = new TimeSource() {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public long epochMillis() {
            return 0;
        }
    };

    private final ScriptedSource source = new ScriptedSource();
    private final Epochs epochs = new Epochs(source, STILL, Long.MAX_VALUE);

    @Test
    void aTagIsStampedAsItWasReadBeforeAnyTagWas() {
        Mark mark = mark();
        CompletableFuture<@Nullable Stamping> load = epochs.ofLoad(mark, Set.of("t"));
        source.answers(epoch(3)); // the tag
        CompletableFuture<HeldEpoch> anyTag = source.next(); // says what was so before the tag was invalidated
        CompletableFuture<@Nullable Stamping> later = epochs.ofLoad(mark, Set.of("t"));
        source.answers(epoch(4)); // the tag once more
        anyTag.complete(epoch(2));

        assertThat(load).isCompletedWithValueMatching(stamping -> lowOfTag(stamping) == 3);
        source.answers(epoch(5)); // any tag
        assertThat(later).isCompletedWithValue(null);
    }

    private Mark mark() {
        CompletableFuture<Mark> mark = epochs.mark(true);
        source.answers(epoch(1)); // of the cache
        source.answers(epoch(2)); // of any tag
        return mark.join();
    }

    /** Held only since after the load has begun. */
    private static HeldEpoch epoch(long low) {
        return new HeldEpoch(new Epoch(0, low), 1, null, null, 1);
    }

    private static long lowOfTag(@Nullable Stamping stamping) {
        return stamping == null
                ? -1
                : stamping.inHeader().stream()
                        .mapToLong(TagEpoch::epochLow)
                        .max()
                        .orElse(-1);
    }

    /** Answers when it is told to, in the order of the questions. */
    private static final class ScriptedSource implements EpochSource {
        private final Deque<CompletableFuture<HeldEpoch>> asked = new ArrayDeque<>();

        CompletableFuture<HeldEpoch> next() {
            return asked.remove();
        }

        void answers(HeldEpoch epoch) {
            next().complete(epoch);
        }

        @Override
        public CompletableFuture<HeldEpoch> read(EpochCell cell) {
            CompletableFuture<HeldEpoch> read = new CompletableFuture<>();
            asked.add(read);
            return read;
        }

        @Override
        public CompletableFuture<Boolean> replace(EpochCell cell) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean replaceLater(EpochCell cell) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void letGo(@Nullable HeldEpoch epoch) {}
    }
}
