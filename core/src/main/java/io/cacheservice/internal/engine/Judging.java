package io.cacheservice.internal.engine;

import io.cacheservice.CacheException;
import io.cacheservice.EntryVersion;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.Stamps;
import io.cacheservice.internal.tags.Epochs;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import io.cacheservice.spi.StoredString;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decodes what Redis has under the keys of one cache, and says whether it can be used. Safe for use by many threads. */
final class Judging<V> {
    private final Framing<V> framing;
    private final @Nullable Epochs epochs;
    private final TimeSource time;
    private final @Nullable Dictionaries dictionaries;
    /** Once entries were seen that are kept longer than they live, reads ask for the remaining life at once. */
    private volatile boolean needsRemaining;

    /**
     * @param epochs that the entries carry; null: none
     * @param dictionaries that values may be compressed with; null: none
     */
    Judging(Framing<V> framing, @Nullable Epochs epochs, @Nullable Dictionaries dictionaries, TimeSource time) {
        this.framing = framing;
        this.epochs = epochs;
        this.time = time;
        this.dictionaries = dictionaries;
        this.needsRemaining = framing.alwaysNeedsRemaining();
    }

    /** Whether reads had better ask for the remaining life: else they may have to ask again. */
    boolean needsRemaining() {
        return needsRemaining;
    }

    /**
     * What {@code found} is worth to a reader.
     *
     * @param tier that was asked
     * @param where of which it was asked
     * @param decodeOn where a codec may run that takes its time
     */
    CompletableFuture<Answer<V>> judged(
            RemoteTier tier, byte[] where, CompletableFuture<RemoteValue> found, Executor decodeOn) {
        CompletableFuture<Answer<V>> judged = new CompletableFuture<>();
        Futures.onEnd(found, (value, failure) -> {
            if (value == null) {
                judged.completeExceptionally(failure == null ? new IllegalStateException("no value") : failure);
            } else {
                decode(tier, where, value, decodeOn, framing::decodesAtOnce, judged);
            }
        });
        return judged;
    }

    /** The same of what was {@code found} already, on a thread on which codecs may run. */
    CompletableFuture<Answer<V>> judgedHere(RemoteTier tier, byte[] where, RemoteValue found, Executor decodeOn) {
        CompletableFuture<Answer<V>> judged = new CompletableFuture<>();
        decode(tier, where, found, decodeOn, stored -> true, judged);
        return judged;
    }

    private void decode(
            RemoteTier tier,
            byte[] where,
            RemoteValue value,
            Executor decodeOn,
            Predicate<StoredString> decodesHere,
            CompletableFuture<Answer<V>> judged) {
        StoredString stored = value.stored();
        int missing = stored == null ? 0 : framing.missingDictionary(stored);
        if (missing != 0 && dictionaries != null) {
            // whatever comes of it: without the dictionary these bytes are a miss
            Futures.onEnd(dictionaries.fetch(missing), (nothing, none) -> judge(tier, where, value, decodeOn, judged));
        } else if (stored == null || decodesHere.test(stored)) {
            judge(tier, where, value, decodeOn, judged);
        } else {
            HandOver.run(decodeOn, () -> judge(tier, where, value, decodeOn, judged));
        }
    }

    private void judge(
            RemoteTier tier, byte[] where, RemoteValue value, Executor decodeOn, CompletableFuture<Answer<V>> judged) {
        try {
            Answer<V> answer = framing.decode(where, value);
            if (answer != null) {
                complete(judged, value.fromReplica() ? answer.ofReplica() : answer);
            } else {
                needsRemaining = true;
                Futures.onEnd(judged(tier, where, tier.get(where, true), decodeOn), Futures.copyTo(judged));
            }
        } catch (Throwable brokenCodec) { // nobody may be left waiting
            judged.completeExceptionally(new CacheException(
                    "the codec failed in a way that no bytes can explain: " + brokenCodec, brokenCodec));
        }
    }

    /** An entry that was invalidated together with others is as good as none. */
    private void complete(CompletableFuture<Answer<V>> judged, Answer<V> answer) {
        Entry<V> entry = answer.entry() == null ? answer.fallback() : answer.entry();
        Stamps stamps = entry == null ? null : entry.stamps();
        if (epochs == null || entry == null || stamps == null || stamps.hold(time.nanoTime())) {
            judged.complete(answer);
            return;
        }
        EntryVersion version = entry.version();
        Futures.onEnd(epochs.hold(stamps), (holds, failure) -> {
            if (holds == null) {
                judged.completeExceptionally(
                        failure == null ? new IllegalStateException("no epoch") : Futures.unwrap(failure));
            } else {
                judged.complete(holds || version == null ? answer : Answer.voided(version));
            }
        });
    }
}
