package io.cacheservice.internal.tags;

import io.cacheservice.TimeSource;
import io.cacheservice.internal.coherence.Tokens;
import io.cacheservice.internal.entry.EntryHeader;
import io.cacheservice.internal.entry.TagEpoch;
import io.cacheservice.internal.local.Stamps;
import io.cacheservice.spi.RemoteTier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The epochs of one cache: stamps its entries, and judges them. Safe for use by many threads; futures may complete on an I/O
 * thread.
 *
 * <p>Three rules keep a load that began before an invalidation from surviving it. It is stamped with the cache's epoch from
 * before it began. A tag is stamped with the epoch that this process has held since before the load began, else it is read
 * after the load. And then "any tag" is read from Redis again: it is replaced before each tag is, so if it is what it was
 * before the load, no tag was invalidated meanwhile; otherwise the result is not stored.
 */
public final class Epochs {
    /** Epochs that this process holds at once; what is beyond that is read again. */
    private static final int MOST_CELLS = 20_000;

    /** The hash of the name of the epoch with which all entries of a cache end. */
    public static final long CLEAR = TagEpoch.CLEAR;

    /** The same of the epoch that is replaced with every tag, U+0000 and "any". As the other a number: a digest takes long to load. */
    static final long ANY_TAG = 0xe8e4_aec6_09c4_f627L;

    private static final CompletableFuture<Boolean> IN_PLACE = CompletableFuture.completedFuture(true);

    private final EpochSource source;
    private final TimeSource time;
    private final long maxStalenessNanos;
    private final ConcurrentHashMap<Long, EpochCell> cells = new ConcurrentHashMap<>();
    private final EpochCell clear;
    private final EpochCell anyTag;
    /** Shared by all entries without tags: most caches have no others. */
    private volatile @Nullable Stamping untagged;

    private final AtomicLong ownInvalidations = new AtomicLong();

    /**
     * What Redis has yet to hear, or may forget.
     *
     * @param holds whether the removal of a key still waits
     * @param add keeps the removal of a key; answers whether there was room
     * @param addBeyond the same of one that stands for all keys, for which there is always room; answers false when nothing
     *     is kept any more
     * @param accepted told of each key that Redis has changed
     */
    public record Owed(
            Predicate<byte[]> holds, Predicate<byte[]> add, Predicate<byte[]> addBeyond, Consumer<byte[]> accepted) {}

    /** Epochs of this process alone. */
    public static Epochs local(TimeSource time, RandomGenerator random) {
        return new Epochs(new LocalEpochs(time, random), time, Long.MAX_VALUE);
    }

    /**
     * Epochs in Redis.
     *
     * @param redisKey where the epoch of a name's hash is
     * @param owed what Redis has yet to hear
     * @param maxStalenessNanos how long after it was last vouched for an epoch may be used
     */
    public static Epochs remote(
            RemoteTier tier,
            Tokens tokens,
            LongFunction<byte[]> redisKey,
            Owed owed,
            TimeSource time,
            RandomGenerator random,
            long maxStalenessNanos) {
        return new Epochs(new RemoteEpochs(tier, tokens, redisKey, owed, time, random), time, maxStalenessNanos);
    }

    Epochs(EpochSource source, TimeSource time, long maxStalenessNanos) {
        this.source = source;
        this.time = time;
        this.maxStalenessNanos = maxStalenessNanos;
        this.clear = new EpochCell(CLEAR);
        this.anyTag = new EpochCell(ANY_TAG);
        cells.put(clear.nameHash(), clear);
        cells.put(anyTag.nameHash(), anyTag);
    }

    /**
     * What a load that begins now is to be judged by.
     *
     * @param startedNanos before anything was read of the source
     * @param clear the cache's epoch
     * @param anyTag the epoch of "any tag"; null: the load has no tags
     */
    public record Mark(
            long startedNanos, Epoch clear, @Nullable Epoch anyTag) {}

    /**
     * What an entry is to carry.
     *
     * @param inHeader as it is stored
     * @param stamps as it is held
     */
    public record Stamping(List<TagEpoch> inHeader, Stamps stamps) {
        private boolean isOf(Epoch cleared) {
            TagEpoch first = inHeader.get(0);
            return first.epochHigh() == cleared.high() && first.epochLow() == cleared.low();
        }
    }

    /** For what is made from now on and stored nowhere: it holds until this process invalidates anything of the cache. */
    public Stamps sinceNow() {
        long before = ownInvalidations.get();
        return new Stamps() {
            @Override
            public boolean hold(long nowNanos) {
                return ownInvalidations.get() == before;
            }

            @Override
            public boolean areVoid() {
                return ownInvalidations.get() != before;
            }
        };
    }

    /** Before a load: what it is to be judged by. */
    public CompletableFuture<Mark> mark(boolean withTags) {
        long startedNanos = time.nanoTime();
        CompletableFuture<HeldEpoch> cleared = current(clear);
        if (!withTags) {
            return cleared.thenApply(held -> new Mark(startedNanos, held.epoch(), null));
        }
        return cleared.thenCombine(anew(anyTag), (held, any) -> new Mark(startedNanos, held.epoch(), any.epoch()));
    }

    /**
     * What the result of a load is to carry; null where it must not be stored.
     *
     * @throws IllegalArgumentException when there are too many tags, or one that can be none
     */
    public CompletableFuture<@Nullable Stamping> ofLoad(Mark mark, Collection<String> tags) {
        List<EpochCell> named = named(tags);
        List<CompletableFuture<HeldEpoch>> epochs = new ArrayList<>(named.size());
        boolean areKnown = true;
        for (EpochCell cell : named) {
            HeldEpoch held = cell.held();
            boolean isKnown = held != null && isHeldSince(held, mark.startedNanos());
            areKnown &= isKnown;
            epochs.add(isKnown ? CompletableFuture.completedFuture(held) : anew(cell));
        }
        if (areKnown) {
            return allOf(epochs).thenApply(held -> stamping(mark.clear(), named, held));
        }
        return allOf(epochs)
                .thenCompose(read -> anew(anyTag)
                        .thenApply(
                                any -> any.epoch().equals(mark.anyTag()) ? stamping(mark.clear(), named, read) : null));
    }

    /** What is known to be replaced by now would make the entry void from the beginning. */
    private boolean isHeldSince(HeldEpoch held, long nanos) {
        return held.heldSinceNanos() - nanos <= 0 && held.isUsable(time.nanoTime(), maxStalenessNanos);
    }

    /**
     * What a value that is written now is to carry.
     *
     * @throws IllegalArgumentException when there are too many tags, or one that can be none
     */
    public CompletableFuture<Stamping> ofWrite(Collection<String> tags) {
        List<EpochCell> named = named(tags);
        CompletableFuture<HeldEpoch> cleared = current(clear);
        if (named.isEmpty()) {
            return cleared.thenApply(held -> stamping(held.epoch(), named, List.of()));
        }
        return allOf(named.stream().map(this::current).toList())
                .thenCombine(cleared, (read, held) -> stamping(held.epoch(), named, read));
    }

    /** With {@code epochs} and not with what the cells hold by now: that may have come after an invalidation. */
    private Stamping stamping(Epoch cleared, List<EpochCell> named, List<HeldEpoch> epochs) {
        Stamping known = untagged;
        if (named.isEmpty() && known != null && known.isOf(cleared)) {
            return known;
        }
        Stamping made = newStamping(cleared, named, epochs);
        if (named.isEmpty()) {
            untagged = made;
        }
        return made;
    }

    private Stamping newStamping(Epoch cleared, List<EpochCell> named, List<HeldEpoch> held) {
        List<EpochCell> all = new ArrayList<>(named.size() + 1);
        List<Epoch> epochs = new ArrayList<>(named.size() + 1);
        List<TagEpoch> inHeader = new ArrayList<>(named.size() + 1);
        all.add(clear);
        epochs.add(cleared);
        all.addAll(named);
        held.forEach(each -> epochs.add(each.epoch()));
        for (int i = 0; i < all.size(); i++) {
            Epoch epoch = epochs.get(i);
            inHeader.add(new TagEpoch(all.get(i).nameHash(), epoch.high(), epoch.low()));
        }
        return new Stamping(inHeader, new EpochStamps(all, epochs, maxStalenessNanos));
    }

    private List<EpochCell> named(Collection<String> tags) {
        if (tags.size() >= EntryHeader.MAX_TAGS) {
            throw new IllegalArgumentException(tags.size() + " tags are refused for one entry: expected at most "
                    + (EntryHeader.MAX_TAGS - 1) + "; tag by what is invalidated together");
        }
        return tags.stream().distinct().map(this::cell).toList();
    }

    /** The stamps of an entry as it was stored; null: it carries none of this cache, and is void. */
    public @Nullable Stamps of(List<TagEpoch> inHeader) {
        Stamping known = untagged;
        if (known != null && known.inHeader().equals(inHeader)) {
            return known.stamps();
        }
        List<EpochCell> all = new ArrayList<>(inHeader.size());
        List<Epoch> epochs = new ArrayList<>(inHeader.size());
        boolean isOfThisCache = false;
        for (TagEpoch stamp : inHeader) {
            isOfThisCache |= stamp.nameHash() == clear.nameHash();
            all.add(cell(stamp.nameHash()));
            epochs.add(new Epoch(stamp.epochHigh(), stamp.epochLow()));
        }
        return isOfThisCache ? new EpochStamps(all, epochs, maxStalenessNanos) : null;
    }

    /**
     * Whether {@code stamps}, which {@link #of} made, hold. A difference from an epoch that was held is settled by reading that
     * epoch once more: else two processes of which one has not heard of an invalidation would load against each other.
     */
    public CompletableFuture<Boolean> hold(Stamps stamps) {
        long now = time.nanoTime();
        if (stamps.hold(now)) {
            return CompletableFuture.completedFuture(true);
        }
        EpochStamps all = (EpochStamps) stamps;
        List<CompletableFuture<Boolean>> each = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            each.add(holds(all.cell(i), all.stamped(i)));
        }
        return allOf(each).thenApply(answers -> answers.stream().allMatch(Boolean::booleanValue));
    }

    /**
     * Whether what was written at {@code sentNanos} carries epochs that were in their places then: each is vouched for that
     * long by now, or is read again. Else another process had replaced one before, and this one had not heard of it.
     */
    public CompletableFuture<Boolean> wereInPlaceAt(long sentNanos, Stamps stamps) {
        EpochStamps all = (EpochStamps) stamps;
        List<CompletableFuture<Boolean>> unknown = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            EpochCell cell = all.cell(i);
            Epoch stamped = all.stamped(i);
            HeldEpoch held = cell.held();
            if (held == null || !held.epoch().equals(stamped) || !held.wasInPlaceAt(sentNanos)) {
                unknown.add(cell.nextReading()
                        .ask(() -> anew(cell))
                        .thenApply(read -> read.epoch().equals(stamped)));
            }
        }
        return unknown.isEmpty()
                ? IN_PLACE
                : allOf(unknown).thenApply(answers -> answers.stream().allMatch(Boolean::booleanValue));
    }

    private CompletableFuture<Boolean> holds(EpochCell cell, Epoch stamped) {
        HeldEpoch held = cell.held();
        boolean agrees =
                held != null && held.epoch().equals(stamped) && held.isUsable(time.nanoTime(), maxStalenessNanos);
        return agrees
                ? CompletableFuture.completedFuture(true)
                : anew(cell).thenApply(read -> read.epoch().equals(stamped));
    }

    /** Voids every entry that carries {@code tag}; answers whether Redis has heard of it, as opposed to will. */
    public CompletableFuture<Boolean> invalidateTag(String tag) {
        EpochCell cell = cell(tag);
        ownInvalidations.incrementAndGet();
        // in this order: a load that sees "any tag" unchanged after it has read the tag knows that it read the newest
        return source.replace(anyTag).thenCompose(first -> source.replace(cell).thenApply(second -> first && second));
    }

    /** Voids every entry of the cache; answers whether Redis has heard of it, as opposed to will. */
    public CompletableFuture<Boolean> clear() {
        ownInvalidations.incrementAndGet();
        return source.replace(clear);
    }

    /**
     * Voids every entry of the cache as soon as Redis hears of it; until then none is believed in this process. Answers false
     * when nothing is kept to be told any more.
     */
    public boolean clearLater() {
        ownInvalidations.incrementAndGet();
        return source.replaceLater(clear);
    }

    private CompletableFuture<HeldEpoch> current(EpochCell cell) {
        HeldEpoch held = cell.held();
        return held != null && held.isUsable(time.nanoTime(), maxStalenessNanos) && !cell.isBeingRead()
                ? CompletableFuture.completedFuture(held)
                : readShared(cell);
    }

    /** A reading that began before the caller asked would not do. */
    private CompletableFuture<HeldEpoch> anew(EpochCell cell) {
        return source.read(cell).thenApply(read -> held(cell, read));
    }

    private CompletableFuture<HeldEpoch> readShared(EpochCell cell) {
        CompletableFuture<HeldEpoch> mine = new CompletableFuture<>();
        if (cell.await(mine)) {
            tell(cell, source.read(cell));
        }
        return mine;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // those who wait are told how it ended
    private void tell(EpochCell cell, CompletableFuture<HeldEpoch> reading) {
        reading.whenComplete((read, failure) -> {
            if (read == null) {
                cell.wasRead(null, failure);
            } else {
                cell.wasRead(held(cell, read), null);
            }
        });
    }

    /** Held since before, if it is the same: who was stamped with it then was stamped rightly. */
    @SuppressWarnings("ReferenceEquality") // the very one, which must not be let go
    private HeldEpoch held(EpochCell cell, HeldEpoch read) {
        synchronized (cell) {
            HeldEpoch before = cell.held();
            if (before == read) {
                return read;
            }
            HeldEpoch now = before != null && before.epoch().equals(read.epoch())
                    ? new HeldEpoch(
                            read.epoch(), read.seenAtNanos(), read.proof(), read.token(), before.heldSinceNanos())
                    : read;
            source.letGo(cell.hold(now));
            return now;
        }
    }

    private EpochCell cell(String tag) {
        if (tag.isEmpty() || tag.length() > 512 || tag.charAt(0) < ' ') {
            throw new IllegalArgumentException(
                    "tag '" + tag + "' is refused: expected 1 to 512 characters, the first no control character");
        }
        return cell(hash(tag));
    }

    private EpochCell cell(long nameHash) {
        if (cells.size() > MOST_CELLS) {
            letSomeGo();
        }
        return cells.computeIfAbsent(nameHash, EpochCell::new);
    }

    private void letSomeGo() {
        Iterator<Map.Entry<Long, EpochCell>> each = cells.entrySet().iterator();
        for (int i = 0; i < MOST_CELLS / 16 && each.hasNext(); i++) {
            EpochCell cell = each.next().getValue();
            if (cell != clear && cell != anyTag) {
                each.remove();
                synchronized (cell) {
                    source.letGo(cell.hold(null));
                }
            }
        }
    }

    private static <T> CompletableFuture<List<T>> allOf(List<CompletableFuture<T>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
                .thenApply(
                        nothing -> futures.stream().map(CompletableFuture::join).toList());
    }

    /** The first 64 bits of the SHA-256 of the name. */
    static long hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256, which every Java runtime must have", e);
        }
    }
}
