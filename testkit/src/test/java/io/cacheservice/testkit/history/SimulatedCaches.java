package io.cacheservice.testkit.history;

import io.cacheservice.Tier;
import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Processes with local copies in front of one store, as they ought to be, in simulated time: copies are used for the bound
 * from when they were read, or until the news of a change arrives, or their own process changes the key.
 */
final class SimulatedCaches {
    private static final int THREADS = 4;
    private static final long MILLIS = 1_000_000;

    private final SplittableRandom random;
    private final int processes;
    private final int keys;
    private final long boundNanos;
    private final History history = new History();
    private final Stored[] store;
    private final long[] versions;
    private final boolean[] busy;
    private final Map<Integer, Copy>[] copies;
    private final long[][] lastEffect;
    private final Deque<Written> written = new ArrayDeque<>();
    private boolean ending;
    private final PriorityQueue<Step> steps = new PriorityQueue<>(Comparator.comparingLong(Step::nanos));

    @SuppressWarnings({"unchecked", "rawtypes"})
    SimulatedCaches(long seed, int processes, int keys, long boundNanos) {
        this.random = new SplittableRandom(seed);
        this.processes = processes;
        this.keys = keys;
        this.boundNanos = boundNanos;
        this.store = new Stored[keys];
        this.versions = new long[keys];
        this.busy = new boolean[keys];
        this.copies = new Map[processes];
        this.lastEffect = new long[processes][keys];
        for (int i = 0; i < keys; i++) {
            store[i] = Stored.ABSENT;
        }
        for (int i = 0; i < processes; i++) {
            copies[i] = new HashMap<>();
        }
    }

    /** Another master takes over, who lacks what was written in the last so many nanoseconds. */
    Interval failOver(long nanos, long lackingNanos) {
        at(nanos, () -> {
            while (!written.isEmpty() && written.getLast().nanos > nanos - lackingNanos) {
                Written last = written.removeLast();
                store[last.key] = last.before;
            }
        });
        return new Interval(nanos - lackingNanos, nanos);
    }

    /** About so many operations. */
    History run(int operations) {
        for (int thread = 0; thread < processes * THREADS; thread++) {
            begin(thread, random.nextLong(MILLIS));
        }
        while (!steps.isEmpty()) {
            steps.remove().run().run();
            ending = history.size() >= operations;
        }
        return history;
    }

    private void begin(int thread, long start) {
        at(start, () -> {
            if (ending) {
                return;
            }
            int key = random.nextInt(keys);
            int process = thread / THREADS;
            if (random.nextInt(10_000) == 0) {
                flush(thread, process, start);
            } else if (random.nextInt(10) == 0 && !busy[key]) {
                change(thread, process, key, start);
            } else {
                read(thread, process, key, start);
            }
        });
    }

    private void change(int thread, int process, int key, long start) {
        busy[key] = true;
        boolean delete = random.nextInt(5) == 0;
        long life = !delete && random.nextInt(3) == 0 ? 1 + random.nextInt(30) : 0;
        long version = ++versions[key];
        int fate = random.nextInt(20);
        Outcome outcome = fate == 0 ? Outcome.UNKNOWN : fate == 1 ? Outcome.FAILED : Outcome.APPLIED;
        boolean happens = outcome == Outcome.APPLIED || (outcome == Outcome.UNKNOWN && random.nextBoolean());
        long effect = start + delay();
        long end = effect + delay();
        copies[process].remove(key);
        at(effect, () -> {
            if (happens) {
                long lifeEnd = life == 0 ? Long.MAX_VALUE : effect + life * MILLIS;
                written.add(new Written(effect, key, store[key]));
                store[key] = delete ? Stored.ABSENT : new Stored(version, lifeEnd);
                tell(key, effect);
            }
        });
        at(end, () -> {
            copies[process].remove(key);
            busy[key] = false;
            add(process, delete ? Kind.DELETE : Kind.WRITE, key, version, life, start, end, null, outcome);
            begin(thread, end + delay());
        });
    }

    /** The news of a change reach the others soon, or never. */
    private void tell(int key, long effect) {
        for (Map<Integer, Copy> of : copies) {
            if (random.nextInt(3) > 0) {
                at(effect + delay(), () -> {
                    Copy copy = of.get(key);
                    if (copy != null && copy.asOf < effect) {
                        of.remove(key);
                    }
                });
            }
        }
    }

    private void flush(int thread, int process, long start) {
        long effect = start + delay();
        long end = effect + delay();
        at(effect, () -> {
            for (int key = 0; key < keys; key++) {
                written.add(new Written(effect, key, store[key]));
                store[key] = Stored.ABSENT;
            }
        });
        at(end, () -> {
            history.add(Operation.flush(process, start, end));
            begin(thread, end + delay());
        });
    }

    private void read(int thread, int process, int key, long start) {
        Copy copy = copies[process].get(key);
        if (copy != null && start - copy.asOf <= boundNanos && start < copy.stored.lifeEnd) {
            long end = start + 200;
            add(process, Kind.READ, key, copy.stored.version, 0, start, end, Tier.LOCAL, Outcome.APPLIED);
            begin(thread, end + delay() / 10);
            return;
        }
        Copy placeholder = new Copy(Stored.ABSENT, Long.MIN_VALUE / 2);
        copies[process].put(key, placeholder);
        // One connection for each key: what is sent first is answered first.
        long effect = Math.max(lastEffect[process][key] + 1, start + delay());
        lastEffect[process][key] = effect;
        long end = effect + delay();
        Deque<Stored> found = new ArrayDeque<>();
        at(effect, () -> found.add(store[key].at(effect)));
        at(end, () -> {
            Stored stored = found.remove();
            // Only where nobody has changed the key, or begun another read of it, in the meantime.
            copies[process].computeIfPresent(key, (k, now) -> now == placeholder ? new Copy(stored, start) : now);
            add(process, Kind.READ, key, stored.version, 0, start, end, Tier.REMOTE, Outcome.APPLIED);
            begin(thread, end + delay());
        });
    }

    private void add(
            int process,
            Kind kind,
            int key,
            long version,
            long life,
            long start,
            long end,
            @Nullable Tier tier,
            Outcome outcome) {
        history.add(new Operation(process, 0, kind, "k" + key, version, life, start, end, tier, outcome, false));
    }

    private long delay() {
        return 10_000 + random.nextLong(random.nextInt(100) == 0 ? 20 * MILLIS : MILLIS / 2);
    }

    private void at(long nanos, Runnable run) {
        steps.add(new Step(nanos, run));
    }

    private record Written(long nanos, int key, Stored before) {}

    private record Step(long nanos, Runnable run) {}

    /** Told from all others, also from those that are alike. */
    private static final class Copy {
        private final Stored stored;
        private final long asOf;

        Copy(Stored stored, long asOf) {
            this.stored = stored;
            this.asOf = asOf;
        }
    }

    private record Stored(long version, long lifeEnd) {
        static final Stored ABSENT = new Stored(Operation.ABSENT, Long.MAX_VALUE);

        Stored at(long nanos) {
            return nanos < lifeEnd ? this : ABSENT;
        }
    }
}
