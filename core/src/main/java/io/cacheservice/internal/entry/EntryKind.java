package io.cacheservice.internal.entry;

import org.jspecify.annotations.Nullable;

/** What the bytes under a key stand for. The codes are part of the wire format and never change. */
public enum EntryKind {
    /** A value; the payload is what its codec wrote. */
    VALUE(1),
    /** The source was asked and has none; no payload. */
    NONE(2),
    /** A placeholder: somebody holds the right to fill this key; the entry id is the token. */
    LEASE(3),
    /** The last load failed a moment ago; no payload. */
    ERROR(4);

    private final int code;

    EntryKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Whether this kind is a bare header that carries neither a value nor the knowledge that there is none. */
    public boolean isMarker() {
        return this == LEASE || this == ERROR;
    }

    static @Nullable EntryKind of(int code) {
        return switch (code) {
            case 1 -> VALUE;
            case 2 -> NONE;
            case 3 -> LEASE;
            case 4 -> ERROR;
            default -> null;
        };
    }
}
