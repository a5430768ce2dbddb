package io.cacheservice.spi;

import io.cacheservice.EntryDetails;
import java.util.OptionalLong;

/**
 * What a tier knows about a key besides its bytes.
 *
 * @param type the type's name as Redis writes it; {@link #ABSENT}: nothing is there
 * @param remainingMillis until the key is removed, or {@link RemoteValue#FOR_EVER}
 * @param storedBytes bytes of a string; empty for other types
 * @param place where it is, or would be
 * @param usage what it takes there
 */
public record RemoteDetails(
        String type,
        long remainingMillis,
        OptionalLong storedBytes,
        EntryDetails.Place place,
        EntryDetails.Usage usage) {
    /** The type of a key that is not there. */
    public static final String ABSENT = "none";
    /** The type of a key that holds bytes. */
    public static final String STRING = "string";
}
