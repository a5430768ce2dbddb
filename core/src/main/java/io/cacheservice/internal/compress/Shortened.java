package io.cacheservice.internal.compress;

/**
 * What is stored of a value.
 *
 * @param bytes its compressed form, or the value
 * @param id how it was compressed, as an entry's header says it; 0: it was not
 * @param dictionary the number of the dictionary; 0: none
 * @param savedBytes by how much it is shorter
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared
public record Shortened(byte[] bytes, int id, int dictionary, int savedBytes) {
    /** The value as it is. */
    public static Shortened not(byte[] value) {
        return new Shortened(value, 0, 0, 0);
    }
}
