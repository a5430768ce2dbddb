package io.cacheservice.server.http;

import java.time.Duration;

/** Limits that a test can reach. */
final class LimitsInTests {
    private LimitsInTests() {}

    static Limits with(Limits limits, long batchBytes, int requests, int waiting) {
        return of(limits, batchBytes, requests, waiting, limits.idle(), limits.bodyTime(), limits.stop());
    }

    static Limits impatient(Limits limits, Duration idle, Duration bodyTime) {
        return of(
                limits,
                limits.maxBatchBytes(),
                limits.maxRequests(),
                limits.maxWaiting(),
                idle,
                bodyTime,
                limits.stop());
    }

    /** Few bytes for the bodies and answers of all, and little time for one. */
    static Limits small(Limits limits, long bodiesBytes, Duration bodyTime, long answerRate) {
        return new Limits(
                limits.maxValueBytes(),
                limits.maxBatchBytes(),
                bodiesBytes,
                limits.maxHeaderBytes(),
                limits.maxConnections(),
                limits.maxRequests(),
                limits.maxWaiting(),
                limits.maxWait(),
                limits.idle(),
                bodyTime,
                answerRate,
                Duration.ZERO,
                limits.stop());
    }

    private static Limits of(
            Limits limits,
            long batchBytes,
            int requests,
            int waiting,
            Duration idle,
            Duration bodyTime,
            Duration stop) {
        return new Limits(
                limits.maxValueBytes(),
                batchBytes,
                limits.maxBodiesBytes(),
                limits.maxHeaderBytes(),
                limits.maxConnections(),
                requests,
                waiting,
                Duration.ofMillis(200),
                idle,
                bodyTime,
                limits.answerRate(),
                Duration.ZERO,
                stop);
    }
}
