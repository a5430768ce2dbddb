package io.cacheservice.internal.tags;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where the epochs of one cache are. */
interface EpochSource {
    /** Reads what {@code cell} is at; makes an epoch where there is none. */
    CompletableFuture<HeldEpoch> read(EpochCell cell);

    /** Puts another epoch; answers whether it is there, or will be and is not believed to be there until then. */
    CompletableFuture<Boolean> replace(EpochCell cell);

    /** Sees to it that another epoch will be put; what is there is not believed until then. Answers false when it will not. */
    boolean replaceLater(EpochCell cell);

    /** Nobody needs {@code epoch} any more. */
    void letGo(@Nullable HeldEpoch epoch);
}
