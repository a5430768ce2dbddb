package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.redis.internal.topology.KeySlot;
import java.util.Arrays;

/**
 * The keys under which refresh leases stand: {@code <keyPrefix>~l:{tag}:<key>}, each in the hash slot of the key that it is
 * about, whatever braces that has. Pure.
 */
final class RefreshLeaseKeys {
    private static final byte[] TAG_END = "}:".getBytes(US_ASCII);

    private final byte[] beginning;

    RefreshLeaseKeys(String keyPrefix) {
        this.beginning = (keyPrefix + "~l:{").getBytes(UTF_8);
    }

    /** The key of the refresh lease of {@code key}. */
    byte[] of(byte[] key) {
        byte[] tag = SlotTags.tag(KeySlot.of(key)).getBytes(US_ASCII);
        byte[] lease = Arrays.copyOf(beginning, beginning.length + tag.length + TAG_END.length + key.length);
        int end = beginning.length;
        for (byte[] part : new byte[][] {tag, TAG_END, key}) {
            System.arraycopy(part, 0, lease, end, part.length);
            end += part.length;
        }
        return lease;
    }

    /** The key that {@code lease} is about; {@code lease} itself when it is no key of a refresh lease. */
    byte[] subject(byte[] lease) {
        if (lease.length < beginning.length
                || !Arrays.equals(lease, 0, beginning.length, beginning, 0, beginning.length)) {
            return lease;
        }
        for (int i = beginning.length; i + TAG_END.length <= lease.length; i++) {
            if (lease[i] == TAG_END[0] && lease[i + 1] == TAG_END[1]) {
                return Arrays.copyOfRange(lease, i + TAG_END.length, lease.length);
            }
        }
        return lease;
    }
}
