package io.cacheservice;

/** Why a read was answered as it was. */
public enum Reason {
    /** A usable entry was there. */
    FOUND,
    /** There was no usable entry; the source was asked, by this call or by another that this one joined. */
    LOADED,
    /** A tier answered that it holds nothing under this key, and no loader was asked. */
    NOT_FOUND,
    /** There was an entry, older than the call allowed. */
    TOO_OLD,
    /** Bytes were there that could not be decoded: corrupt, of another format or schema, too big, or foreign. */
    UNDECODABLE,
    /** The tier that knows could not answer, and this cache treats that as a miss. */
    UNAVAILABLE
}
