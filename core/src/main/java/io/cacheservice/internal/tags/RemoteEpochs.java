package io.cacheservice.internal.tags;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.coherence.Token;
import io.cacheservice.internal.coherence.Tokens;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Epochs in Redis. */
final class RemoteEpochs implements EpochSource {
    private final RemoteTier tier;
    private final Tokens tokens;
    private final LongFunction<byte[]> redisKey;
    private final Epochs.Owed owed;
    private final TimeSource time;
    private final RandomGenerator random;

    /** @param redisKey where the epoch of a name's hash is */
    RemoteEpochs(
            RemoteTier tier,
            Tokens tokens,
            LongFunction<byte[]> redisKey,
            Epochs.Owed owed,
            TimeSource time,
            RandomGenerator random) {
        this.tier = tier;
        this.tokens = tokens;
        this.redisKey = redisKey;
        this.owed = owed;
        this.time = time;
        this.random = random;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the other future ends as it does
    public CompletableFuture<HeldEpoch> read(EpochCell cell) {
        byte[] key = redisKey.apply(cell.nameHash());
        Token token = tokens.take(key);
        boolean isOwed = owed.holds().test(key);
        CompletableFuture<HeldEpoch> read = new CompletableFuture<>();
        tier.epoch(key, Epoch.random(random).bytes()).whenComplete((found, failure) -> {
            try {
                if (found == null) {
                    tokens.giveBack(token);
                    read.completeExceptionally(failure == null ? new IllegalStateException("no epoch") : failure);
                } else {
                    read.complete(held(found, isOwed, token));
                }
            } catch (RuntimeException | Error e) { // nobody may be left waiting
                read.completeExceptionally(e);
            }
        });
        return read;
    }

    /** What is owed a removal is not believed, and so is what is no epoch: it is one that nothing was ever stamped with. */
    private HeldEpoch held(RemoteValue found, boolean isOwed, Token token) {
        Epoch epoch = isOwed ? null : Epoch.of(found.bytes());
        return new HeldEpoch(
                epoch == null ? Epoch.random(random) : epoch,
                found.sentAtNanos(),
                epoch == null ? null : found.proof(),
                token,
                time.nanoTime());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the other future ends as it does
    public CompletableFuture<Boolean> replace(EpochCell cell) {
        byte[] key = redisKey.apply(cell.nameHash());
        CompletableFuture<Boolean> replaced = new CompletableFuture<>();
        tier.replaceEpoch(key, Epoch.random(random).bytes()).whenComplete((nothing, failure) -> {
            if (failure == null) {
                owed.accepted().accept(key);
                replaced.complete(true);
            } else if (mayBeOwed(failure) && owed.add().test(key)) {
                replaced.complete(false);
            } else {
                replaced.completeExceptionally(failure);
            }
        });
        return replaced;
    }

    @Override
    public boolean replaceLater(EpochCell cell) {
        return owed.addBeyond().test(redisKey.apply(cell.nameHash()));
    }

    private static boolean mayBeOwed(Throwable failure) {
        return failure instanceof CacheTimeoutException
                || (failure instanceof CacheConnectionException refused && !refused.isLasting());
    }

    @Override
    public void letGo(@Nullable HeldEpoch epoch) {
        Token token = epoch == null ? null : epoch.token();
        if (token != null) {
            tokens.giveBack(token);
        }
    }
}
