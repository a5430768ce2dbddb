package io.cacheservice.redis;

/** Told when a server may no longer be what it is taken for: lost, silent or refusing. On any thread; must not wait. */
@FunctionalInterface
interface Trouble {
    /** Nobody needs to know. */
    Trouble IGNORED = () -> {};

    void suspected();
}
