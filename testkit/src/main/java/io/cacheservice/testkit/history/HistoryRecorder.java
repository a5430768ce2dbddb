package io.cacheservice.testkit.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.FailedOutcome;
import io.cacheservice.Lookup;
import io.cacheservice.Tier;
import io.cacheservice.WriteOutcome;
import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Records what one process does, in a file that outlives it: every line is given to the system at once, so that a process
 * that is killed loses at most the line it was writing.
 *
 * <p>Versions are numbers that the test puts into its values. For each key they rise from one write or delete to the next,
 * by whomever, and the next begins only after the one before has returned: so their order is known.
 *
 * <p>Safe for use by many threads. Methods throw what the call throws, after recording it, and {@link UncheckedIOException}
 * when the file cannot be written.
 */
public final class HistoryRecorder implements AutoCloseable {
    private final int process;
    private final long baseNanos = System.nanoTime();
    private final OutputStream out;
    private final AtomicInteger threads = new AtomicInteger();
    private final ThreadLocal<Integer> thread = ThreadLocal.withInitial(threads::getAndIncrement);
    private final AtomicLong operations = new AtomicLong();

    private HistoryRecorder(int process, OutputStream out) {
        this.process = process;
        this.out = out;
        append(HistoryFile.header(process, baseNanos).getBytes(UTF_8));
    }

    /**
     * Begins a file, over one that is there.
     *
     * @param process the number of the service or client whose calls will be in it, different from all others
     * @throws UncheckedIOException when the file cannot be made
     */
    public static HistoryRecorder create(Path file, int process) {
        try {
            return new HistoryRecorder(process, new FileOutputStream(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException("The history " + file + " cannot be written", e);
        }
    }

    /** Makes a call that stores {@code version} for a life, {@link Duration#ZERO} being for ever. */
    public WriteOutcome write(String key, long version, Duration life, Supplier<WriteOutcome> call) {
        return changing(Kind.WRITE, key, version, life, call);
    }

    /** Makes a call that removes what is there. */
    public WriteOutcome delete(String key, long version, Supplier<WriteOutcome> call) {
        return changing(Kind.DELETE, key, version, Duration.ZERO, call);
    }

    /** Makes a call that reads. */
    public <V> Lookup<V> read(String key, Supplier<Lookup<V>> call, ToLongFunction<? super V> versionOf) {
        return reading(Kind.READ, key, call, versionOf);
    }

    /** Makes a call that reads after all writes have ended. */
    public <V> Lookup<V> finalRead(String key, Supplier<Lookup<V>> call, ToLongFunction<? super V> versionOf) {
        return reading(Kind.FINAL_READ, key, call, versionOf);
    }

    /** Makes a call that changes the source, {@code version} being there then, and invalidates what was cached of it. */
    public WriteOutcome changeSource(String key, long version, Supplier<WriteOutcome> call) {
        return changing(Kind.CHANGE, key, version, Duration.ZERO, call);
    }

    /** Makes a call that removes {@code key} from the source, and invalidates what was cached of it. */
    public WriteOutcome removeFromSource(String key, long version, Supplier<WriteOutcome> call) {
        return changing(Kind.REMOVE, key, version, Duration.ZERO, call);
    }

    /** Makes a call that reads many keys; those that are missing in the answer are not recorded. */
    public <V> Map<String, Lookup<V>> readAll(
            Supplier<Map<String, Lookup<V>>> call, ToLongFunction<? super V> versionOf) {
        long start = System.nanoTime();
        Map<String, Lookup<V>> found = call.get();
        long end = System.nanoTime();
        found.forEach((key, lookup) -> add(answered(Kind.READ, key, lookup, versionOf, start, end)));
        return found;
    }

    /** Records that what is cached of a key was invalidated along with something else, from {@code startNanos} until now. */
    public void hasInvalidated(String key, long startNanos, Outcome outcome) {
        hasEnded(Kind.INVALIDATE, key, Operation.ABSENT, Operation.FOR_EVER, startNanos, null, outcome);
    }

    /**
     * Records a loader's call that has ended.
     *
     * @param version what was found; {@link Operation#ABSENT} says that the source has nothing
     * @param timeLeft how long it was allowed to take when it began: after that another one may begin
     */
    public void hasLoaded(String key, long version, Duration timeLeft, long startNanos, Outcome outcome) {
        hasEnded(Kind.LOAD, key, version, timeLeft.toMillis() + 1, startNanos, Tier.SOURCE, outcome);
    }

    private void hasEnded(
            Kind kind,
            String key,
            long version,
            long lifeMillis,
            long startNanos,
            @Nullable Tier tier,
            Outcome outcome) {
        add(new Operation(
                process,
                thread.get(),
                kind,
                key,
                version,
                lifeMillis,
                startNanos,
                System.nanoTime(),
                tier,
                outcome,
                false));
    }

    /**
     * Makes a call of any client that changes something.
     *
     * @param call makes it and says what is known of its effect; when it throws, {@link Outcome#UNKNOWN} is recorded
     */
    public Outcome change(Kind kind, String key, long version, Duration life, Supplier<Outcome> call) {
        long start = System.nanoTime();
        Operation begun = new Operation(
                process,
                thread.get(),
                kind,
                key,
                version,
                life.toMillis(),
                start,
                Operation.NEVER_ENDED,
                null,
                Outcome.UNKNOWN,
                false);
        append(HistoryFile.begun(begun, baseNanos));
        Outcome outcome = Outcome.UNKNOWN;
        try {
            outcome = call.get();
            return outcome;
        } finally {
            ended(begun, outcome);
        }
    }

    /** Records a read of any client that has ended. */
    public void hasRead(Kind kind, String key, long version, long startNanos, long endNanos, @Nullable Tier tier) {
        add(new Operation(
                process,
                thread.get(),
                kind,
                key,
                version,
                Operation.FOR_EVER,
                startNanos,
                endNanos,
                tier,
                Outcome.APPLIED,
                false));
    }

    /** How many operations have ended so far. */
    public long operations() {
        return operations.get();
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("A history could not be closed", e);
        }
    }

    private WriteOutcome changing(Kind kind, String key, long version, Duration life, Supplier<WriteOutcome> call) {
        WriteOutcome[] answer = new WriteOutcome[1];
        RuntimeException[] failure = new RuntimeException[1];
        change(kind, key, version, life, () -> {
            try {
                answer[0] = call.get();
                return outcome(answer[0]);
            } catch (RuntimeException e) {
                failure[0] = e;
                return outcome(e);
            }
        });
        if (failure[0] != null) {
            throw failure[0];
        }
        return answer[0];
    }

    private <V> Lookup<V> reading(
            Kind kind, String key, Supplier<Lookup<V>> call, ToLongFunction<? super V> versionOf) {
        Lookup<V> found = null;
        long start = System.nanoTime();
        long end = start;
        try {
            found = call.get();
            return found;
        } finally {
            end = System.nanoTime();
            add(answered(kind, key, found, versionOf, start, end));
        }
    }

    private <V> Operation answered(
            Kind kind,
            String key,
            @Nullable Lookup<V> found,
            ToLongFunction<? super V> versionOf,
            long start,
            long end) {
        long version = Operation.ABSENT;
        Outcome outcome = found != null && isAnswer(found) ? Outcome.APPLIED : Outcome.FAILED;
        V value = found == null ? null : found.valueOrNull();
        if (value != null) {
            version = versionOf.applyAsLong(value);
        }
        return new Operation(
                process,
                thread.get(),
                kind,
                key,
                version,
                Operation.FOR_EVER,
                start,
                end,
                found == null ? null : found.tier(),
                outcome,
                found != null && found.stale());
    }

    private static boolean isAnswer(Lookup<?> found) {
        return switch (found.reason()) {
            case FOUND, LOADED, JOINED, NOT_FOUND, STALE_ON_ERROR, STALE_WHILE_LOADING -> true;
            case LOCAL_ONLY, TOO_OLD, UNDECODABLE, UNAVAILABLE, DEFAULT_ON_ERROR -> false;
        };
    }

    private static Outcome outcome(WriteOutcome answer) {
        return switch (answer) {
            case APPLIED -> Outcome.APPLIED;
            case QUEUED -> Outcome.QUEUED;
            case LOCAL_ONLY -> Outcome.UNKNOWN;
        };
    }

    private static Outcome outcome(RuntimeException failure) {
        FailedOutcome known = failure instanceof CacheTimeoutException timeout
                ? timeout.outcome()
                : failure instanceof CacheConnectionException connection ? connection.outcome() : FailedOutcome.UNKNOWN;
        return known == FailedOutcome.NOT_APPLIED ? Outcome.FAILED : Outcome.UNKNOWN;
    }

    private void ended(Operation begun, Outcome outcome) {
        add(new Operation(
                begun.process(),
                begun.thread(),
                begun.kind(),
                begun.key(),
                begun.version(),
                begun.lifeMillis(),
                begun.startNanos(),
                System.nanoTime(),
                null,
                outcome,
                false));
    }

    private void add(Operation operation) {
        append(HistoryFile.ended(operation, baseNanos));
        operations.incrementAndGet();
    }

    private void append(byte[] line) {
        // One write for each line, under a lock: a plain stream, since an interrupt would close a channel.
        synchronized (out) {
            try {
                out.write(line);
            } catch (IOException e) {
                throw new UncheckedIOException("A history could not be written", e);
            }
        }
    }
}
