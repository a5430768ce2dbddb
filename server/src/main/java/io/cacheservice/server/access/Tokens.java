package io.cacheservice.server.access;

import io.cacheservice.CacheConfigException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens and who shows them. Keeps SHA-256 digests only, and compares with all of them in constant time, so that
 * neither a heap dump nor the time of an answer tells a token.
 *
 * <p>Immutable.
 */
public final class Tokens {
    private static final String SCHEME = "Bearer ";

    private final List<Known> known;

    Tokens(List<Known> known) {
        this.known = List.copyOf(known);
    }

    /** The digest of a token and who shows it. */
    @SuppressWarnings("ArrayRecordComponent") // compared in constant time, never by equals
    record Known(byte[] sha256, Caller caller) {}

    /** Tokens without names of their own, each of which allows everything. */
    public static Tokens allowingEverything(List<String> tokens) {
        List<Known> known = new ArrayList<>();
        for (String token : tokens) {
            known.add(new Known(sha256(token), Caller.allowedEverything("server.tokens[" + (known.size() + 1) + "]")));
        }
        return new Tokens(known);
    }

    /**
     * The tokens that a YAML file names.
     *
     * @throws CacheConfigException naming what is wrong, without a token
     */
    public static Tokens ofFile(byte[] yaml) {
        return new Tokens(TokensYaml.read(yaml));
    }

    /** How many there are. */
    public int size() {
        return known.size();
    }

    /** These and {@code others}. */
    public Tokens and(Tokens others) {
        List<Known> all = new ArrayList<>(known);
        all.addAll(others.known);
        return new Tokens(all);
    }

    /**
     * Who shows {@code authorization}, the values of that header field; null when it holds none of these tokens. Nothing,
     * garbage and a wrong token are worked on alike.
     */
    public @Nullable Caller caller(List<String> authorization) {
        String field = authorization.size() == 1 ? authorization.get(0) : "";
        boolean bearer = field.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        byte[] shown = sha256(bearer ? field.substring(SCHEME.length()).trim() : "");
        Caller caller = null;
        for (Known token : known) {
            caller = MessageDigest.isEqual(token.sha256, shown) ? token.caller : caller;
        }
        return caller;
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
