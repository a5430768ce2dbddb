package io.cacheservice.benchmarks.harness;

/**
 * A subject's own loop over its lookups.
 *
 * <p>Each subject brings the loop, not only the call in it: in one loop shared by all subjects the call site would see
 * many classes, the compiler would give up inlining there, and every subject would pay for a virtual call that users,
 * who have one cache behind a call site, never see. Written as lambdas of their own, the loops have profiles of their
 * own. (Code that subjects share further down, such as Caffeine's, still has one profile for all of them; running fewer
 * subjects shows what that costs.)
 */
@FunctionalInterface
public interface LookupLoop {
    /**
     * Looks up {@code keys[from]} to {@code keys[to - 1]}.
     *
     * @return something computed from every value found, so that no lookup can be left out
     */
    long run(String[] keys, int from, int to);
}
