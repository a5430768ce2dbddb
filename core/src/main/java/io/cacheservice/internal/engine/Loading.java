package io.cacheservice.internal.engine;

import io.cacheservice.LoadContext;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.entry.EntryHeader;
import io.cacheservice.internal.local.Entry;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one loader is told of its key, and what it decided. Read once the loader has ended. */
final class Loading<V> implements LoadContext<V> {
    private final @Nullable Entry<V> replaced;
    private final TimeSource time;
    private final long deadlineNanos;
    private volatile OptionalLong ttlMillis = OptionalLong.empty();
    private volatile @Nullable String validator;
    private volatile @Nullable String contentType;
    private volatile boolean isCached = true;
    private volatile boolean isModified = true;
    private final Set<String> tags = new LinkedHashSet<>();

    /** @param replaced the entry cached until now, fresh or not */
    Loading(@Nullable Entry<V> replaced, TimeSource time, long deadlineNanos) {
        this.replaced = replaced;
        this.time = time;
        this.deadlineNanos = deadlineNanos;
    }

    @Override
    public Optional<V> previous() {
        return replaced == null ? Optional.empty() : Optional.ofNullable(replaced.value());
    }

    @Override
    public Optional<String> previousValidator() {
        return replaced == null
                ? Optional.empty()
                : Optional.ofNullable(replaced.notes().validator());
    }

    @Override
    public Duration timeLeft() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - time.nanoTime()));
    }

    @Override
    public void validator(String text) {
        validator = shortText(text, "validator");
    }

    @Override
    public void contentType(String mediaType) {
        contentType = shortText(mediaType, "content type");
    }

    private static String shortText(String text, String what) {
        if (!EntryHeader.isShortText(text)) {
            throw new IllegalArgumentException(
                    what + " '" + text + "' is refused: expected 1 to 255 printable ASCII characters");
        }
        return text;
    }

    @Override
    public void ttl(Duration ttl) {
        ttlMillis = OptionalLong.of(Limits.requireTtlMillis(ttl));
    }

    @Override
    public void tag(String tag) {
        synchronized (tags) {
            tags.add(Objects.requireNonNull(tag, "tag"));
        }
    }

    @Override
    public void doNotCache() {
        isCached = false;
    }

    @Override
    public @Nullable V notModified() {
        Entry<V> before = replaced;
        if (before == null || before.value() == null) {
            throw new IllegalStateException(
                    "notModified() needs a value that was cached until now, and there is none: answer the value itself");
        }
        isModified = false;
        return before.value();
    }

    /** The exact life that the loader named. */
    OptionalLong ttlMillis() {
        return ttlMillis;
    }

    boolean isCached() {
        return isCached;
    }

    /** What is to be kept beside the result: what the loader named, else what goes on being true. */
    Entry.Notes notes() {
        Entry<V> before = replaced;
        Entry.Notes kept = before == null || isModified ? Entry.Notes.NONE : before.notes();
        String mediaType = contentType;
        String state = validator;
        return Entry.Notes.of(
                mediaType == null ? kept.contentType() : mediaType, state == null ? kept.validator() : state);
    }

    /** The tags that the loader named. */
    Set<String> tags() {
        synchronized (tags) {
            return Set.copyOf(tags);
        }
    }
}
