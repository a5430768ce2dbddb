package io.cacheservice.redis.histories;

/** The numbers under which the histories know who did something. */
final class Participants {
    /** At a time. */
    static final int MOST_JVMS = 40;

    /** The foreign clients beside the faults. */
    static final int FOREIGN = 98;

    /** The one who reads Redis when all is over. */
    static final int REFEREE = 99;

    /** More than the numbers of all who live at a time. */
    private static final int GENERATION = 100;

    private Participants() {}

    /** The service of a JVM. */
    static int service(Jvm jvm) {
        return jvm.number() + GENERATION * jvm.generation();
    }

    /** The plain clients inside of a JVM. */
    static int foreign(Jvm jvm) {
        return MOST_JVMS + service(jvm);
    }
}
