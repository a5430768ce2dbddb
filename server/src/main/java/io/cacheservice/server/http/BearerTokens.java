package io.cacheservice.server.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens that callers must show. Keeps hashes only, and takes equally long whatever is shown. */
final class BearerTokens {
    private static final String SCHEME = "Bearer ";

    private final List<byte[]> hashes;

    BearerTokens(List<String> tokens) {
        this.hashes = tokens.stream().map(BearerTokens::hash).toList();
    }

    /** Whether any token is needed at all. */
    boolean required() {
        return !hashes.isEmpty();
    }

    /** Whether a request with this {@code Authorization} field may pass. */
    boolean accept(@Nullable String authorization) {
        if (!required()) {
            return true;
        }
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] shown = hash(authorization.substring(SCHEME.length()).trim());
        boolean known = false;
        for (byte[] hash : hashes) {
            known |= MessageDigest.isEqual(hash, shown);
        }
        return known;
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
