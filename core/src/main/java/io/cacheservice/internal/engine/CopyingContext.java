package io.cacheservice.internal.engine;

import io.cacheservice.LoadContext;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a load of bytes may know and decide: the array that it replaces is a copy, which it may change. */
record CopyingContext(LoadContext<byte[]> shared) implements LoadContext<byte[]> {
    @Override
    public Optional<byte[]> previous() {
        return shared.previous().map(byte[]::clone);
    }

    @Override
    public Optional<String> previousValidator() {
        return shared.previousValidator();
    }

    @Override
    public Duration timeLeft() {
        return shared.timeLeft();
    }

    @Override
    public void validator(String validator) {
        shared.validator(validator);
    }

    @Override
    public void contentType(String mediaType) {
        shared.contentType(mediaType);
    }

    @Override
    public void ttl(Duration ttl) {
        shared.ttl(ttl);
    }

    @Override
    public void tag(String tag) {
        shared.tag(tag);
    }

    @Override
    public void doNotCache() {
        shared.doNotCache();
    }

    @Override
    public byte @Nullable [] notModified() {
        return BorderCopies.copy(shared.notModified());
    }
}
