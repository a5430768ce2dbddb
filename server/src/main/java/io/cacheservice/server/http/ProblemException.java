package io.cacheservice.server.http;

/** Ends the handling of a request with a problem as its answer. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        // an answer, not a defect: the stack trace would only cost
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
