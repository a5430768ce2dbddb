package io.cacheservice.server.source;

import io.cacheservice.LoadContext;
import io.cacheservice.server.source.SourceSettings.Field;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Records that an HTTP service answers with, under the media type that it says. What it names the state of a record by is kept
 * beside the record, so that a reload asks only whether that has changed. Redirections are not followed: header fields with secrets would go along.
 */
final class HttpRecords implements Records {
    /** What a header field can hold. */
    static final Pattern VALUE = Pattern.compile("[!-~]([ -~]*[!-~])?");

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    /** A media type that other programs can be told: at most what can be kept beside a value. */
    private static final Pattern MEDIA_TYPE = Pattern.compile("(?=.{1,255}$)[\\w!#$&^.+-]+/[\\w!#$&^.+-]+( *;[ -~]*)?");

    private final SourceSettings.Http settings;
    private final long maxBytes;
    private final boolean keepsMediaType;
    private final HttpClient client;

    /** @param keepsMediaType whether the service says what its records are, and not the configuration */
    HttpRecords(SourceSettings.Http settings, long maxBytes, boolean keepsMediaType) {
        this.keepsMediaType = keepsMediaType;
        this.settings = settings;
        this.maxBytes = maxBytes;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                // unencrypted, version 2 would be asked for by a field that some servers do not understand
                .version(settings.url().isEncrypted() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .build();
    }

    @Override
    public byte @Nullable [] read(List<String> matched, String key, LoadContext<byte[]> context) throws Exception {
        URI url = settings.url().expand(matched, key);
        if (url == null) {
            return null;
        }
        Optional<HttpValidator> known = context.previousValidator().map(HttpValidator::new);
        HttpResponse<byte[]> answer = send(request(url, known));
        if (answer.statusCode() == OK) {
            requirePlain(answer);
            keepNotes(answer.headers(), context);
            return answer.body();
        }
        if (answer.statusCode() == NOT_MODIFIED && known.isPresent()) {
            return context.notModified();
        }
        if (settings.absentStatuses().contains(answer.statusCode())) {
            return null;
        }
        throw new UnusableRecord("answered with status " + answer.statusCode());
    }

    private void keepNotes(HttpHeaders answer, LoadContext<byte[]> context) {
        HttpValidator.of(answer).map(HttpValidator::text).ifPresent(context::validator);
        if (keepsMediaType) {
            answer.firstValue("Content-Type")
                    .filter(type -> MEDIA_TYPE.matcher(type).matches())
                    .ifPresent(context::contentType);
        }
    }

    private HttpRequest request(URI url, Optional<HttpValidator> known) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(settings.timeout())
                .setHeader("User-Agent", "cache-service")
                .setHeader("Accept-Encoding", "identity");
        for (Map.Entry<String, Field> field : settings.fields().entrySet()) {
            request.setHeader(field.getKey(), text(field.getValue()));
        }
        known.ifPresent(validator -> request.setHeader(validator.field(), validator.text()));
        return request.build();
    }

    private static String text(Field field) throws IOException {
        if (field.secret() == null) {
            return field.text();
        }
        String secret = field.secret().text();
        if (!VALUE.matcher(secret).matches()) {
            // the client's own error would show it
            throw new IOException(field.secret() + " has characters that a header field cannot have");
        }
        return field.text() + secret;
    }

    /** The whole answer in time: the client's own timeout ends with its header fields. */
    private HttpResponse<byte[]> send(HttpRequest request) throws Exception {
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, this::body);
        try {
            return sent.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw cause(e);
        } catch (TimeoutException | InterruptedException e) {
            sent.cancel(true);
            throw e;
        }
    }

    /** What went wrong, which the client wraps in exceptions of its own. */
    private static Exception cause(ExecutionException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof UnusableRecord unusable) {
                return unusable;
            }
        }
        return e.getCause() instanceof Exception cause ? cause : e;
    }

    private HttpResponse.BodySubscriber<byte[]> body(HttpResponse.ResponseInfo answer) {
        return answer.statusCode() == OK
                ? new LimitedBody(maxBytes)
                : HttpResponse.BodySubscribers.replacing(new byte[0]);
    }

    /** Bytes kept without this field would mean something else to readers. */
    private static void requirePlain(HttpResponse<?> answer) throws UnusableRecord {
        for (String encoding : answer.headers().allValues("Content-Encoding")) {
            if (!encoding.trim().equalsIgnoreCase("identity")) {
                throw new UnusableRecord("answered with a Content-Encoding, although it was asked for none");
            }
        }
    }

    @Override
    public Optional<String> contentType(List<String> matched) {
        return Optional.empty();
    }

    @Override
    public String description() {
        return settings.url().origin();
    }

    @Override
    public void close() {
        // the client has no end of its own before Java 21: its threads end when nothing refers to it any more
    }
}
