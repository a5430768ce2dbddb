package io.cacheservice.internal.engine;

import java.util.concurrent.Executor;

/**
 * Where the users' code of one read runs.
 *
 * @param loadOn runs loaders
 * @param decodeOn decodes what a remote tier answered
 */
record Threads(Executor loadOn, Executor decodeOn) {
    /** One executor for both. */
    static Threads both(Executor executor) {
        return new Threads(executor, executor);
    }
}
