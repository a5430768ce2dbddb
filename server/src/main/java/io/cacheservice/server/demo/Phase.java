package io.cacheservice.server.demo;

/** What is away. */
enum Phase {
    ALL_UP("all is there", ""),
    SOURCE_AWAY("source away", "expired values are answered as stale; what was never loaded fails, and soon"),
    REDIS_AWAY("Redis away", "each process loads for itself, and keeps what it loads for 1 s (maxStaleness)");

    private final String label;
    private final String promise;

    Phase(String label, String promise) {
        this.label = label;
        this.promise = promise;
    }

    /** In two or three words. */
    String label() {
        return label;
    }

    /** What a user of the cache may expect meanwhile; empty when nothing is away. */
    String promise() {
        return promise;
    }
}
