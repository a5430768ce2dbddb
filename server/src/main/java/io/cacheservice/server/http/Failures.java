package io.cacheservice.server.http;

import io.cacheservice.CacheClosedException;
import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheException;
import io.cacheservice.CacheMemoryException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.FailedOutcome;
import io.cacheservice.SourceException;
import io.cacheservice.server.source.SourceFailure;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;

/** Decides which problem an error is answered with. */
final class Failures {
    private Failures() {}

    /** The problem for {@code failure}; what is not meant for clients gets status 500 and no detail. */
    static Problem toProblem(Throwable failure) {
        if (failure instanceof ProblemException answer) {
            return answer.problem();
        }
        if (failure instanceof HttpException broken) {
            return Problem.ofStatus(broken.getCode(), HttpStatus.getMessage(broken.getCode()));
        }
        if (failure instanceof IOException && failure.getCause() instanceof HttpException) {
            return toProblem(failure.getCause());
        }
        if ((failure instanceof CompletionException || failure instanceof ExecutionException)
                && failure.getCause() != null) {
            return toProblem(failure.getCause());
        }
        if (failure instanceof CacheException cache) {
            return ofCache(cache);
        }
        if (failure instanceof IllegalArgumentException) {
            return Problem.badRequest(said(failure));
        }
        return unexpected();
    }

    private static Problem unexpected() {
        return Problem.ofStatus(500, "an unexpected error, which the server has logged");
    }

    private static Problem ofCache(CacheException failure) {
        if (failure instanceof CacheMemoryException) {
            return said(failure).contains("maxValueBytes")
                    ? Problem.tooLarge(said(failure))
                    : new Problem(507, "/memory-full", "The memory bound is reached", said(failure));
        }
        if (failure instanceof CacheConnectionException connection) {
            return ofOutcome(connection.outcome(), said(failure));
        }
        if (failure instanceof CacheTimeoutException timeout) {
            return ofOutcome(timeout.outcome(), said(failure));
        }
        if (failure instanceof CacheClosedException) {
            return Problem.unavailable("the server is stopping");
        }
        if (failure instanceof CacheConfigException) {
            return Problem.badRequest(said(failure));
        }
        if (failure instanceof SourceException) {
            return failure.getCause() instanceof SourceFailure known
                    ? ofSource(known)
                    : Problem.sourceFailed("loading the value failed; the server has logged why");
        }
        return ofCause(failure);
    }

    private static Problem ofSource(SourceFailure failure) {
        return failure.timedOut()
                ? new Problem(504, "/source-timeout", "The source did not answer in time", said(failure))
                : Problem.sourceFailed(said(failure));
    }

    /** Decides by what is behind a failure that has no type of its own; nothing is behind a refusal. */
    private static Problem ofCause(CacheException failure) {
        Throwable cause = failure.getCause();
        if (cause == null) {
            return new Problem(502, "/refused-by-redis", "The tier of record refused", said(failure));
        }
        if (cause instanceof InterruptedException) {
            return ofOutcome(FailedOutcome.UNKNOWN, said(failure));
        }
        if (cause instanceof RejectedExecutionException) {
            return Problem.unavailable(said(failure));
        }
        return unexpected();
    }

    private static Problem ofOutcome(FailedOutcome outcome, String detail) {
        return outcome == FailedOutcome.UNKNOWN
                ? new Problem(504, "/outcome-unknown", "No answer came: a write may have been applied", detail)
                : Problem.unavailable(detail);
    }

    private static String said(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
