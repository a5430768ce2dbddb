package io.cacheservice.server.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers with a problem where Jetty refuses a request before it reaches a resource. */
final class JettyProblems extends ErrorHandler {
    private static final String AMBIGUOUS =
            "the request target has more than one reading; give such a key as /v1/entry?key=, percent-encoded";

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        Problem problem = Problem.ofStatus(code, detail(code, message));
        addFields(response.getHeaders(), problem);
        response.write(true, ByteBuffer.wrap(problem.toJson()), callback);
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    private static void addFields(HttpFields.Mutable fields, Problem problem) {
        fields.put(new HttpField(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE));
        fields.put(HttpHeader.CACHE_CONTROL, "no-store");
        fields.put("X-Content-Type-Options", "nosniff");
        fields.put("Content-Security-Policy", Replies.NO_PAGE);
        if (problem.retriable()) {
            fields.put(HttpHeader.RETRY_AFTER, Replies.RETRY_AFTER_SECONDS);
        }
    }

    /** Jetty's reasons are constants of its own for what a request does wrong; after 500 they may be anything. */
    private static String detail(int status, @Nullable String reason) {
        if (status >= 500) {
            return status == 503
                    ? "too many requests at once, or the server is stopping"
                    : HttpStatus.getMessage(status);
        }
        if (reason != null && reason.startsWith("Ambiguous")) {
            return AMBIGUOUS;
        }
        return HttpStatus.getMessage(status);
    }
}
