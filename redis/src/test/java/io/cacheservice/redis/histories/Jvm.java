package io.cacheservice.redis.histories;

/**
 * One life of a JVM of a run: when it is killed, another one takes its place.
 *
 * @param number its place
 * @param generation how many were there before
 */
record Jvm(int number, int generation) {
    /** More than a thread can change a row in one life. */
    private static final long VERSIONS = 100_000_000;

    static Jvm first(int number) {
        return new Jvm(number, 0);
    }

    /** Reads what {@link #text} wrote. */
    static Jvm parse(String text) {
        String[] both = text.split("\\.", -1);
        return new Jvm(Integer.parseInt(both[0]), Integer.parseInt(both[1]));
    }

    Jvm successor() {
        return new Jvm(number, generation + 1);
    }

    String text() {
        return number + "." + generation;
    }

    /** Above all that were changed to in earlier lives. */
    long firstVersion() {
        return 2 + generation * VERSIONS; // 1 is there from the beginning
    }
}
