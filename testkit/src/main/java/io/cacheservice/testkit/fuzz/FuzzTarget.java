package io.cacheservice.testkit.fuzz;

import java.io.IOException;

/**
 * One thing that parses bytes, and what must hold for any of them.
 *
 * <p>Found by {@link java.util.ServiceLoader}: a public class with a public constructor without arguments, named in {@code
 * META-INF/services/io.cacheservice.testkit.fuzz.FuzzTarget}. What it needs, such as a server, it starts at the first input
 * and ends when it is closed.
 */
public interface FuzzTarget extends AutoCloseable {
    /** A short name, as on the command line. */
    String name();

    /** How many of a run's inputs it gets, compared with the other targets. */
    int share();

    /**
     * Makes one input and gives it to what is tested. Whatever it makes must follow from {@code input} alone.
     *
     * @return whether the input was accepted, rather than refused in good order
     * @throws Throwable when something happened that must not
     */
    boolean take(FuzzInput input) throws Throwable;

    /** How many inputs are taken at once; more than one for what waits for a network. */
    default int atOnce() {
        return 1;
    }

    /** How many bytes one input may allocate on the thread that takes it. */
    default long mostAllocatedBytes() {
        return 4L << 20;
    }

    /** How many inputs it gets in the suite, where it should take a few seconds. */
    default int inputsInSuite() {
        return 20_000;
    }

    /**
     * Ends what was started, and fails when something is found to have gone wrong that no single input showed.
     *
     * @throws IOException when something could not be ended
     */
    @Override
    default void close() throws IOException {}
}
