package io.cacheservice.internal.entry;

/** Where what stands in an entry, version 2: the table of {@code docs/wire-format.md} as constants. Big-endian. */
final class Layout {
    static final int MAGIC = 0;
    static final int VERSION = 2;
    static final int KIND = 3;
    static final int FLAGS = 4;
    static final int HEADER_LENGTH = 6;
    static final int ENTRY_ID = 8;
    static final int CHECKSUM = 16;
    /** Where that ends which is the same in every version. */
    static final int COMMON_LENGTH = 20;

    static final int CODEC = 20;
    static final int FIXED_LENGTH = 21;

    /** Never the beginning of UTF-8 text: 0xC5 must be followed by a continuation byte, and 0xCE is none. */
    static final int MAGIC_VALUE = 0xC5CE;

    static final int VERSION_VALUE = 2;

    static final int FLAG_KEPT = 0x0001;
    static final int FLAG_LIVES = 0x0002;
    static final int FLAG_WIDE = 0x0004;
    static final int FLAG_LOAD_COST = 0x0008;
    static final int FLAG_SCHEMA = 0x0010;
    static final int FLAG_LZ4 = 0x0020;
    static final int FLAG_ZSTD = 0x0040;
    static final int FLAG_DICTIONARY = 0x0080;
    static final int FLAG_EPOCH = 0x0100;
    static final int FLAG_TAGS = 0x0200;
    static final int FLAG_METADATA = 0x0400;
    static final int FLAG_SEALED = 0x0800;
    static final int KNOWN_FLAGS = 0x0FFF;

    static final int NARROW_LENGTH = 4;
    static final int WIDE_LENGTH = 6;
    /** The longest duration, in milliseconds, that needs no wide field. */
    static final long NARROW_LONGEST = (1L << 32) - 1;

    static final int LOAD_COST_LENGTH = 4;
    static final int SCHEMA_LENGTH = 4;
    static final int DICTIONARY_LENGTH = 4;
    static final int EPOCH_LENGTH = 16;
    static final int TAG_LENGTH = 24;
    static final int SEALED_LENGTH = 4;
    static final int METADATA_CONTENT_TYPE = 1;
    static final int METADATA_VALIDATOR = 2;
    static final int MAX_METADATA_ITEMS = 16;

    private Layout() {}

    static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }

    /** What {@code flag} adds to the length of a header with {@code flags}. */
    static int lengthIf(int flags, int flag, int length) {
        return has(flags, flag) ? length : 0;
    }

    /** How long a duration is in a header with {@code flags}. */
    static int durationLength(int flags) {
        return has(flags, FLAG_WIDE) ? WIDE_LENGTH : NARROW_LENGTH;
    }
}
