package io.cacheservice.server.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error answer in the form of RFC 9457.
 *
 * @param status the HTTP status
 * @param type a path that names the kind of error; {@code docs/http-api.md} lists them
 * @param title the same for every error of this type
 * @param detail what is wrong with this request and what helps; contains no secret and no stack trace
 */
record Problem(int status, String type, String title, String detail) {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final int LONGEST_DETAIL = 2_000;

    /** A detail may repeat what the caller sent, and callers may send much. */
    Problem {
        if (detail.length() > LONGEST_DETAIL) {
            int end = LONGEST_DETAIL - (Character.isHighSurrogate(detail.charAt(LONGEST_DETAIL - 1)) ? 1 : 0);
            detail = detail.substring(0, end) + "...";
        }
    }

    static Problem badRequest(String detail) {
        return new Problem(400, "/bad-request", "The request is wrong", detail);
    }

    static Problem forbidden(String detail) {
        return new Problem(403, "/forbidden", "The token does not allow this", detail);
    }

    static Problem miss() {
        return new Problem(404, "/miss", "The key is absent", "nothing is stored under this key");
    }

    static Problem cachedNull() {
        return new Problem(404, "/null", "The value is known to be absent", "the source has no value under this key");
    }

    static Problem preconditionFailed(String detail) {
        return new Problem(412, "/precondition-failed", "The entry is not in the state asked for", detail);
    }

    static Problem tooLarge(String detail) {
        return new Problem(413, "/too-large", "The value or request is too large", detail);
    }

    static Problem unsupportedMediaType(String detail) {
        return new Problem(415, "/unsupported-media-type", "The content type is not accepted here", detail);
    }

    static Problem sourceFailed(String detail) {
        return new Problem(502, "/source-failed", "The source failed", detail);
    }

    static Problem unavailable(String detail) {
        return new Problem(503, "/unavailable", "The request could not be served now", detail);
    }

    /** The problem for a status that the HTTP server decided on by itself. */
    static Problem ofStatus(int status, String detail) {
        return switch (status) {
            case 400 -> badRequest(detail);
            case 401 -> new Problem(401, "/unauthorized", "A token is needed", detail);
            case 403 -> forbidden(detail);
            case 404 -> new Problem(404, "/no-such-resource", "There is no such resource", detail);
            case 405 -> new Problem(405, "/method-not-allowed", "The resource does not have this method", detail);
            case 408 -> new Problem(408, "/request-timeout", "The request took too long to arrive", detail);
            case 413 -> tooLarge(detail);
            case 414 -> new Problem(414, "/uri-too-long", "The URI is too long", detail);
            case 415 -> unsupportedMediaType(detail);
            case 431 -> new Problem(431, "/headers-too-large", "The header fields are too large", detail);
            case 503 -> unavailable(detail);
            default ->
                status < 500
                        ? new Problem(status, "/refused", "The request was refused", detail)
                        : new Problem(status, "/internal-error", "The server failed", detail);
        };
    }

    /** As JSON members, in the order people read them. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", type);
        members.put("title", title);
        members.put("status", status);
        members.put("detail", detail);
        return members;
    }

    /** Whether clients are not told why, so that the server's log must. */
    boolean hidesCause() {
        return status == 500 || type.startsWith("/source-");
    }

    /** Whether repeating the request later may help, so that the answer says when. */
    boolean retriable() {
        return status == 503;
    }

    byte[] toJson() {
        return Json.MAPPER.writeValueAsBytes(members());
    }
}
