package io.cacheservice.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheClosedException;
import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheException;
import io.cacheservice.CacheMemoryException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.FailedOutcome;
import io.cacheservice.SourceException;
import io.cacheservice.server.source.SourceFailures;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
    static Stream<Arguments> statuses() {
        return Stream.of(
                Arguments.of(new CacheMemoryException("a value larger than maxValueBytes"), 413),
                Arguments.of(new CacheMemoryException("the local tier is full"), 507),
                Arguments.of(new CacheConnectionException("no connection", FailedOutcome.NOT_APPLIED), 503),
                Arguments.of(new CacheConnectionException("lost", FailedOutcome.UNKNOWN), 504),
                Arguments.of(new CacheTimeoutException("not sent", FailedOutcome.NOT_APPLIED), 503),
                Arguments.of(new CacheTimeoutException("no answer", FailedOutcome.UNKNOWN), 504),
                Arguments.of(new CacheConfigException("wrong"), 400),
                Arguments.of(new IllegalArgumentException("wrong"), 400),
                Arguments.of(new CacheClosedException("closed"), 503),
                Arguments.of(new CacheException("WRONGTYPE"), 502),
                Arguments.of(new CacheException("unexpected: secret", new IllegalStateException("secret")), 500),
                Arguments.of(new CacheException("interrupted", new InterruptedException()), 504),
                Arguments.of(new CacheException("no more tasks", new RejectedExecutionException()), 503),
                Arguments.of(new SourceException("k", new IllegalStateException("secret")), 502),
                Arguments.of(new SourceException("k", SourceFailures.failed("said")), 502),
                Arguments.of(new SourceException("k", SourceFailures.timedOut("slow")), 504),
                Arguments.of(new CompletionException(new CacheMemoryException("full")), 507),
                Arguments.of(new IllegalStateException("secret"), 500),
                Arguments.of(new StackOverflowError("secret"), 500));
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void everyKindOfFailureHasItsStatus(Throwable failure, int status) {
        assertThat(Failures.toProblem(failure).status()).isEqualTo(status);
    }

    @Test
    void whatIsNotMeantForClientsIsNotShownToThem() {
        assertThat(Failures.toProblem(new IllegalStateException("secret")).detail())
                .doesNotContain("secret");
        assertThat(Failures.toProblem(new CacheException("unexpected: secret", new IllegalStateException("secret")))
                        .detail())
                .doesNotContain("secret");
        assertThat(Failures.toProblem(new SourceException("k", new IllegalStateException("secret")))
                        .detail())
                .doesNotContain("secret");
    }

    @Test
    void whatAConfiguredSourceSaysOfItselfIsToldAndItsCauseIsLogged() {
        Problem problem = Failures.toProblem(new SourceException("k", SourceFailures.failed("the source said so")));

        assertThat(problem.detail()).isEqualTo("the source said so");
        assertThat(problem.hidesCause()).isTrue();
    }

    @Test
    void onlyWhatMayBeRepeatedSaysWhen() {
        assertThat(Problem.unavailable("x").retriable()).isTrue();
        assertThat(Failures.toProblem(new CacheTimeoutException("x", FailedOutcome.UNKNOWN))
                        .retriable())
                .isFalse();
    }
}
