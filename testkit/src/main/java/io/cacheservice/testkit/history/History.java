package io.cacheservice.testkit.history;

import io.cacheservice.Tier;
import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Operations of any number of processes, in any order; about 45 bytes for each.
 *
 * <p>For one thread at a time.
 */
public final class History {
    private static final int FIRST_CAPACITY = 1024;

    private final Map<String, Integer> keyIds = new HashMap<>();
    private final List<String> keys = new ArrayList<>();
    private int size;
    private int[] keyId = new int[FIRST_CAPACITY];
    private short[] process = new short[FIRST_CAPACITY];
    private short[] thread = new short[FIRST_CAPACITY];
    private byte[] kind = new byte[FIRST_CAPACITY];
    private byte[] outcome = new byte[FIRST_CAPACITY];
    private byte[] tier = new byte[FIRST_CAPACITY];
    private boolean[] stale = new boolean[FIRST_CAPACITY];
    private long[] version = new long[FIRST_CAPACITY];
    private long[] lifeMillis = new long[FIRST_CAPACITY];
    private long[] startNanos = new long[FIRST_CAPACITY];
    private long[] endNanos = new long[FIRST_CAPACITY];

    /** A history with nothing in it. */
    public History() {}

    /** A history of these operations. */
    public static History of(Operation... operations) {
        History history = new History();
        Arrays.asList(operations).forEach(history::add);
        return history;
    }

    /**
     * The histories of several processes in one. A file may end in the middle of a line, as that of a process does which was
     * killed; a write that such a process had begun counts as {@link Outcome#UNKNOWN}.
     *
     * @throws IOException when a file cannot be read, or has a line that is no operation
     */
    public static History read(Collection<Path> files) throws IOException {
        History history = new History();
        for (Path file : files) {
            HistoryFile.read(file, history);
        }
        return history;
    }

    /** Adds an operation. */
    public void add(Operation operation) {
        if (size == keyId.length) {
            grow();
        }
        int i = size++;
        keyId[i] = keyIds.computeIfAbsent(operation.key(), key -> {
            keys.add(key);
            return keys.size() - 1;
        });
        process[i] = (short) operation.process();
        thread[i] = (short) operation.thread();
        kind[i] = (byte) Letters.of(operation.kind());
        outcome[i] = (byte) Letters.of(operation.outcome());
        tier[i] = (byte) Letters.of(operation.tier());
        stale[i] = operation.stale();
        version[i] = operation.version();
        lifeMillis[i] = operation.lifeMillis();
        startNanos[i] = operation.startNanos();
        endNanos[i] = operation.endNanos();
    }

    /** How many operations there are. */
    public int size() {
        return size;
    }

    /**
     * An operation, by the order in which they were added.
     *
     * @throws IndexOutOfBoundsException when there is none
     */
    public Operation get(int index) {
        Objects.checkIndex(index, size);
        return new Operation(
                process[index],
                thread[index],
                kind(index),
                keys.get(keyId[index]),
                version[index],
                lifeMillis[index],
                startNanos[index],
                endNanos[index],
                tier(index),
                outcome(index),
                stale(index));
    }

    int keyCount() {
        return keys.size();
    }

    String key(int id) {
        return keys.get(id);
    }

    int keyId(int index) {
        return keyId[index];
    }

    int process(int index) {
        return process[index];
    }

    Kind kind(int index) {
        return Letters.kind((char) kind[index]);
    }

    Outcome outcome(int index) {
        return Letters.outcome((char) outcome[index]);
    }

    @Nullable
    Tier tier(int index) {
        return Letters.tier((char) tier[index]);
    }

    boolean stale(int index) {
        return stale[index];
    }

    long version(int index) {
        return version[index];
    }

    long lifeMillis(int index) {
        return lifeMillis[index];
    }

    long start(int index) {
        return startNanos[index];
    }

    long end(int index) {
        return endNanos[index];
    }

    private void grow() {
        int capacity = size + size / 2;
        keyId = Arrays.copyOf(keyId, capacity);
        process = Arrays.copyOf(process, capacity);
        thread = Arrays.copyOf(thread, capacity);
        kind = Arrays.copyOf(kind, capacity);
        outcome = Arrays.copyOf(outcome, capacity);
        tier = Arrays.copyOf(tier, capacity);
        stale = Arrays.copyOf(stale, capacity);
        version = Arrays.copyOf(version, capacity);
        lifeMillis = Arrays.copyOf(lifeMillis, capacity);
        startNanos = Arrays.copyOf(startNanos, capacity);
        endNanos = Arrays.copyOf(endNanos, capacity);
    }
}
