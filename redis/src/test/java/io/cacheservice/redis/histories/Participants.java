package io.cacheservice.redis.histories;

/** The numbers under which the histories know who did something. */
final class Participants {
    /** The foreign clients beside the faults. */
    static final int FOREIGN = 200;

    /** The one who reads Redis when all is over. */
    static final int REFEREE = 300;

    private Participants() {}

    /** The service of a JVM. */
    static int service(int jvm) {
        return jvm;
    }

    /** The plain clients inside of a JVM. */
    static int foreign(int jvm) {
        return 100 + jvm;
    }
}
