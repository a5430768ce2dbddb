package io.cacheservice.redis;

import java.util.ArrayList;
import java.util.List;

/** The pieces of one big string, in order; the first that is not full is the last. */
final class ReadPieces {
    private final List<byte[]> pieces = new ArrayList<>();
    private int length;
    private boolean whole;

    ReadPieces(byte[] first) {
        add(first);
    }

    void add(byte[] piece) {
        if (!whole) {
            pieces.add(piece);
            length += piece.length;
            whole = piece.length < ReadRequest.PIECE_BYTES;
        }
    }

    int length() {
        return length;
    }

    boolean isWhole() {
        return whole;
    }

    byte[] joined() {
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }
}
