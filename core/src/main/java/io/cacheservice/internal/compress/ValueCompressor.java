package io.cacheservice.internal.compress;

import io.cacheservice.Compression;
import io.cacheservice.TimeSource;
import io.cacheservice.spi.Compressor;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes the values of one cache shorter and reads what others made shorter.
 *
 * <p>It holds dictionaries and says when another one could be trained, and for how long the present one must be kept; who fetches,
 * trains and publishes them is {@link Needs}. Safe for use by many threads.
 */
public final class ValueCompressor implements AutoCloseable {
    /** An entry without an end, where the time is asked for that it is kept. */
    public static final long KEPT_FOR_EVER = 0;

    /** Shorter values have nothing to save that would not be lost in the rounding of memory. */
    static final int LEAST_BYTES = 64;
    /** Without a dictionary shorter ones hardly repeat anything. */
    static final int LEAST_BYTES_ALONE = 256;

    private static final int LEAST_SAVED_BYTES = 16;
    private static final int TIMED_MASK = 15;
    private static final int MOST_GONE = 64;
    private static final long GONE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Compression choice;
    private final Ways ways;
    private final TimeSource time;
    private final Meter meter;
    private final Gain alone = new Gain();
    private final Samples samples = new Samples();
    private final HeldDictionaries held = new HeldDictionaries();
    private final AtomicLong longestMillis = new AtomicLong(1);
    private final Map<Integer, Long> gone = new ConcurrentHashMap<>();
    private volatile boolean isSampling;
    private volatile @Nullable Writing writing;
    private volatile Needs needs = Needs.NONE;

    /** What is counted. */
    public interface Meter {
        /** A value was stored with fewer bytes. */
        void compressed(int plainBytes, int storedBytes);

        /** A value was stored as it is. */
        void leftAsItIs();

        /** Trying to compress one took so long; one in {@link #TIMED} is timed. */
        void compressNanos(long nanos);

        /** Reading one took so long; one in {@link #TIMED} is timed. */
        void decompressNanos(long nanos);

        /** An entry could not be read without a dictionary that could not be had. */
        void unknownDictionary();

        /** How many are one that is timed. */
        int TIMED = TIMED_MASK + 1;
    }

    /** What is asked of whoever looks after the dictionaries. Called on threads of users: to return at once. */
    public interface Needs {
        /** Nobody does. */
        Needs NONE = new Needs() {
            @Override
            public void used() {}

            @Override
            public void enoughSamples() {}

            @Override
            public void longerLife() {}
        };

        /** A value is compressed or read. */
        void used();

        /** A dictionary could be trained. */
        void enoughSamples();

        /** An entry is kept longer than the dictionary. */
        void longerLife();
    }

    /** @param choice how new values are compressed */
    public ValueCompressor(Compression choice, Ways ways, TimeSource time, Meter meter) {
        this.choice = choice;
        this.ways = ways;
        this.time = time;
        this.meter = meter;
        this.isSampling = choice == Compression.AUTO;
    }

    /** Whether new values may be compressed with dictionaries. */
    public boolean wantsDictionaries() {
        return choice == Compression.AUTO && ways.exist();
    }

    /** Tells {@code needs} from now on. */
    public void onNeed(Needs whom) {
        this.needs = whom;
    }

    /**
     * What is to be stored of {@code value}.
     *
     * @param keptMillis how long the entry is kept, or {@link #KEPT_FOR_EVER}
     * @param contentType its media type; null: not said
     */
    public Shortened shortened(byte[] value, long keptMillis, @Nullable String contentType) {
        if (choice == Compression.NONE
                || !ways.exist()
                || value.length < LEAST_BYTES
                || (contentType != null && MediaTypes.isCompressed(contentType))) {
            meter.leftAsItIs();
            return Shortened.not(value);
        }
        Shortened shortened = switch (choice) {
            case AUTO -> automatic(value, keptMillis);
            case LZ4 -> tried(value, ways.lz4(), 0, alone);
            case ZSTD -> tried(value, ways.zstd(), 0, alone);
            case NONE -> throw new AssertionError("answered above");
        };
        if (shortened.id() == 0) {
            meter.leftAsItIs();
        } else {
            meter.compressed(value.length, shortened.bytes().length);
        }
        return shortened;
    }

    private Shortened automatic(byte[] value, long keptMillis) {
        needs.used();
        if (isSampling && samples.offer(value, ThreadLocalRandom.current())) {
            needs.enoughSamples();
        }
        Writing present = writing;
        noteLife(keptMillis);
        Writing usable = present != null && present.outlives(keptMillis, time.nanoTime()) ? present : null;
        if (present != null && usable == null) {
            needs.longerLife();
        }
        if (usable == null) {
            return value.length < LEAST_BYTES_ALONE ? Shortened.not(value) : ifWorthIt(value, ways.zstd(), 0, alone);
        }
        HeldDictionaries.Held with = usable.held();
        with.use();
        return ifWorthIt(value, with.compressor, with.trained.number(), usable.gain());
    }

    private Shortened ifWorthIt(byte[] value, @Nullable Compressor way, int dictionary, Gain gain) {
        return gain.isWorthTrying(ThreadLocalRandom.current().nextInt())
                ? tried(value, way, dictionary, gain)
                : Shortened.not(value);
    }

    private Shortened tried(byte[] value, @Nullable Compressor way, int dictionary, Gain gain) {
        if (way == null) {
            return Shortened.not(value);
        }
        boolean isTimed = (ThreadLocalRandom.current().nextInt() & TIMED_MASK) == 0;
        long began = isTimed ? time.nanoTime() : 0;
        byte[] shorter = way.compress(value, mostBytes(value.length));
        if (isTimed) {
            long took = time.nanoTime() - began;
            meter.compressNanos(took);
            gain.took(value.length, took);
        }
        gain.tried(value.length, shorter == null ? value.length : shorter.length);
        return shorter == null
                ? Shortened.not(value)
                : new Shortened(shorter, way.id(), dictionary, value.length - shorter.length);
    }

    /** How long the compressed form may be: else the value is stored as it is. */
    static int mostBytes(int plainBytes) {
        return plainBytes - Math.max(LEAST_SAVED_BYTES, (int) (Gain.LEAST_SHARE * plainBytes));
    }

    /** Whether this process has what reads entries that were compressed in this way, but for the dictionary. */
    public boolean knows(int id) {
        return ways.of(id) != null;
    }

    /** Redis has no such dictionary, as of now: for a second nobody asks for it again. */
    public void isNotThere(int dictionary) {
        long now = time.nanoTime();
        gone.values().removeIf(until -> until - now <= 0);
        if (gone.size() < MOST_GONE) {
            gone.put(dictionary, now + GONE_NANOS);
        }
    }

    /** Whether Redis had no such dictionary a moment ago. */
    public boolean isGone(int dictionary) {
        Long until = gone.isEmpty() ? null : gone.get(dictionary);
        return until != null && until - time.nanoTime() > 0;
    }

    /** The same, counted as an entry that could not be read; false: it could not be asked for. */
    public boolean isMissed(int dictionary) {
        meter.unknownDictionary();
        return isGone(dictionary);
    }

    /** Whether it has this dictionary; 0 is none, which everybody has. */
    public boolean holds(int dictionary) {
        return dictionary == 0 || held.has(dictionary);
    }

    /**
     * The value.
     *
     * @param mostBytes how long it may be: what says that it is longer is refused before there is room made for it
     * @return null: nothing can be made of it
     */
    public byte @Nullable [] value(int id, int dictionary, byte[] bytes, int offset, int length, int mostBytes) {
        needs.used();
        HeldDictionaries.Held with = dictionary == 0 ? null : held.get(dictionary);
        Compressor way = with == null ? (dictionary == 0 ? ways.of(id) : null) : with.compressor;
        if (way == null || way.id() != id) {
            return null;
        }
        long plain = way.plainBytes(bytes, offset, length);
        if (plain < 0 || plain > mostBytes) {
            return null;
        }
        boolean isTimed = (ThreadLocalRandom.current().nextInt() & TIMED_MASK) == 0;
        long began = isTimed ? time.nanoTime() : 0;
        byte[] value = way.decompress(bytes, offset, length, (int) plain);
        if (isTimed) {
            meter.decompressNanos(time.nanoTime() - began);
        }
        return value;
    }

    /** Holds a dictionary for reading; answers whether it is one. */
    public boolean hold(Trained trained) {
        if (held.has(trained.number())) {
            return true;
        }
        Compressor compressor = ways.zstd(trained.dictionary());
        if (compressor == null) {
            return false;
        }
        held.add(new HeldDictionaries.Held(trained, compressor));
        return true;
    }

    /**
     * Compresses new values with a dictionary that is held, from when it is known to be kept.
     *
     * @param ratio what it made of values when it was trained
     */
    public void writeWith(int dictionary, double ratio) {
        HeldDictionaries.Held with = held.get(dictionary);
        Writing present = writing;
        if (with != null && (present == null || present.held() != with)) {
            isSampling = false;
            samples.take();
            writing = new Writing(with, ratio, new Gain(), time.nanoTime());
        }
    }

    /** Redis keeps a dictionary until {@code nanos}; {@link Long#MAX_VALUE}: for ever. */
    public synchronized void keptUntil(int dictionary, long nanos) {
        Writing present = writing;
        if (present != null
                && present.held().trained.number() == dictionary
                && (present.keptUntilNanos() != Writing.FOR_EVER)) {
            writing = present.keptUntil(nanos);
        }
    }

    /** The dictionary of new values. */
    public Optional<Trained> present() {
        Writing present = writing;
        return present == null ? Optional.empty() : Optional.of(present.held().trained);
    }

    /** What the dictionary of new values made of values when it was trained; 1 without one. */
    public double presentRatio() {
        Writing present = writing;
        return present == null ? 1 : present.trainedRatio();
    }

    /** How long the longest-living entry is kept that was seen, or {@link #KEPT_FOR_EVER}. */
    public long longestMillis() {
        long longest = longestMillis.get();
        return longest == Long.MAX_VALUE ? KEPT_FOR_EVER : longest;
    }

    private void noteLife(long keptMillis) {
        long millis = keptMillis == KEPT_FOR_EVER ? Long.MAX_VALUE : keptMillis;
        if (millis > longestMillis.get()) {
            longestMillis.accumulateAndGet(millis, Math::max);
        }
    }

    /** An entry that needs a dictionary is given so long a life from now. */
    public void livesOn(long keptMillis) {
        noteLife(keptMillis);
        Writing present = writing;
        if (present != null && !present.outlives(keptMillis, time.nanoTime())) {
            needs.longerLife();
        }
    }

    /** The dictionaries that were used since this was asked last. */
    public Collection<Trained> usedSince() {
        return held.usedSince();
    }

    /** Begins to take samples, where the dictionary does less than it did; answers whether it does. */
    public boolean resampleIfDecayed() {
        Writing present = writing;
        boolean due = present != null && present.hasDecayed();
        if (due) {
            isSampling = true;
        }
        return due;
    }

    /** Begins to take samples anew. */
    public void resample() {
        isSampling = choice == Compression.AUTO;
    }

    /** The samples; no more are taken. */
    public List<byte[]> takeSamples() {
        isSampling = false;
        return samples.take();
    }

    /** What {@link #trained} makes. */
    public record Candidate(Trained trained, double ratio) {}

    /** Trains a dictionary, on the calling thread; empty: none is worth it. */
    public Optional<Candidate> trained(List<byte[]> values) {
        Writing present = writing;
        return Training.train(ways, values, present == null ? null : present.held().compressor)
                .map(result -> new Candidate(result.trained(), result.ratio()));
    }

    @Override
    public void close() {
        writing = null;
        held.close();
    }
}
