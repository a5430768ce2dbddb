package io.cacheservice.testkit.chaos;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Other bytes than there were. Counters, which are plain decimals and carry no checksum, are left as they are. */
final class Corruption {
    private Corruption() {}

    /** Whether there is something that can be changed, and its reader could see that it was. */
    static boolean isPossible(byte[] bytes) {
        for (byte each : bytes) {
            if ((each < '0' || each > '9') && each != '-') {
                return true;
            }
        }
        return false;
    }

    /** A copy with a bit turned, with its end lost, with something behind it, or of other bytes altogether. */
    static byte[] of(byte[] bytes, SplittableRandom dice) {
        byte[] changed;
        switch (dice.nextInt(4)) {
            case 0 -> {
                changed = bytes.clone();
                changed[dice.nextInt(bytes.length)] ^= (byte) (1 << dice.nextInt(Byte.SIZE));
            }
            case 1 -> changed = Arrays.copyOf(bytes, dice.nextInt(bytes.length));
            case 2 -> {
                changed = Arrays.copyOf(bytes, bytes.length + 1 + dice.nextInt(16));
                changed[bytes.length] = (byte) dice.nextInt();
            }
            default -> {
                changed = new byte[bytes.length];
                dice.nextBytes(changed);
                // one byte may well be what it was
                changed[0] = (byte) ~bytes[0];
            }
        }
        return changed;
    }
}
