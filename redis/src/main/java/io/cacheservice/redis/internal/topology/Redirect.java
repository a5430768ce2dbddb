package io.cacheservice.redis.internal.topology;

import org.jspecify.annotations.Nullable;

/**
 * A node of a Cluster says who serves a slot instead of it.
 *
 * @param kind for good, or for this one command
 * @param slot whose slot it is
 * @param to who serves it
 */
public record Redirect(Kind kind, int slot, NodeAddress to) {
    /** How far a redirection reaches. */
    public enum Kind {
        /** The slot has another owner. */
        MOVED,
        /** The slot is being moved, and this key has gone ahead: ask there, this once. */
        ASK
    }

    /**
     * Reads an error reply such as {@code MOVED 3999 127.0.0.1:6381}.
     *
     * @param from who answered: an address without a host means the same host
     * @return null: it is no redirection
     */
    public static @Nullable Redirect parse(String error, NodeAddress from) {
        Kind kind = error.startsWith("MOVED ") ? Kind.MOVED : error.startsWith("ASK ") ? Kind.ASK : null;
        if (kind == null) {
            return null;
        }
        String[] words = error.split(" ", 4);
        if (words.length < 3 || !words[1].matches("[0-9]{1,5}")) {
            return null;
        }
        int slot = Integer.parseInt(words[1]);
        boolean hostless = words[2].lastIndexOf(':') == 0;
        NodeAddress named = NodeAddress.parse(hostless ? "?" + words[2] : words[2]);
        if (slot >= KeySlot.COUNT || named == null) {
            return null;
        }
        return new Redirect(kind, slot, named.host().equals("?") ? new NodeAddress(from.host(), named.port()) : named);
    }
}
