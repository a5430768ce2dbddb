package io.cacheservice.internal.entry;

/** Where what stands in an entry, version 1: the table of {@code docs/wire-format.md} as constants. Big-endian. */
final class Layout {
    static final int MAGIC = 0;
    static final int VERSION = 2;
    static final int KIND = 3;
    static final int FLAGS = 4;
    static final int HEADER_LENGTH = 6;
    static final int ENTRY_ID = 8;
    static final int CHECKSUM = 16;
    static final int CODEC = 20;
    static final int COMPRESSION = 21;
    static final int SCHEMA = 22;
    static final int KEPT = 26;
    static final int FIXED_LENGTH = 32;

    /** Never the beginning of UTF-8 text: 0xC5 must be followed by a continuation byte, and 0xCE is none. */
    static final int MAGIC_VALUE = 0xC5CE;

    static final int VERSION_VALUE = 1;
    static final long KEPT_FOR_EVER = (1L << 48) - 1;

    static final int FLAG_LIVES = 0x0001;
    static final int FLAG_LOAD_COST = 0x0002;
    static final int FLAG_DICTIONARY = 0x0004;
    static final int FLAG_TAGS = 0x0008;

    static final int FLAG_METADATA = 0x0010;
    static final int FLAG_SEALED = 0x0020;
    static final int KNOWN_FLAGS =
            FLAG_LIVES | FLAG_LOAD_COST | FLAG_DICTIONARY | FLAG_TAGS | FLAG_METADATA | FLAG_SEALED;

    static final int LIVES_LENGTH = 12;
    static final int LOAD_COST_LENGTH = 4;
    static final int DICTIONARY_LENGTH = 4;
    static final int SEALED_LENGTH = 4;
    static final int TAG_LENGTH = 24;
    static final int METADATA_CONTENT_TYPE = 1;
    static final int METADATA_VALIDATOR = 2;
    static final int MAX_METADATA_ITEMS = 16;

    private Layout() {}
}
