package io.cacheservice.server.demo;

import org.jspecify.annotations.Nullable;

/**
 * What a process of the demo is told when it starts, as one line of JSON on its standard input: the passwords in it are nobody
 * else's business, and a command line is.
 *
 * @param databaseUrl the source, for JDBC
 * @param databaseUser who may read it
 * @param databasePassword of that user
 * @param redisUrl with its password; null: there is no Redis
 * @param keys how many cities are asked for
 * @param rate reads in a second
 * @param simulated whether cities are also changed now and then, and somebody looks whether Redis answers
 * @param readTimeoutMillis what a read may wait for Redis
 */
record ProcessSetup(
        String databaseUrl,
        String databaseUser,
        String databasePassword,
        @Nullable String redisUrl,
        int keys,
        int rate,
        boolean simulated,
        int readTimeoutMillis) {
    @Override
    public String toString() {
        return "ProcessSetup[keys=" + keys + ", rate=" + rate + "]";
    }
}
