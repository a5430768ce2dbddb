package io.cacheservice.testkit.fuzz;

import java.nio.ByteBuffer;
import java.util.List;

/** A reader of bytes behind their length, as it should be and with faults that are often made. */
final class LengthPrefixed implements FuzzTarget {
    /** What is done wrong. */
    enum Fault {
        NONE,
        /** A length beyond the end is believed. */
        NO_BOUND,
        /** Room is made before the length is looked at. */
        ROOM_FIRST,
        /** One byte value is not thought of. */
        ONE_VALUE
    }

    private final Fault fault;
    private final Corpus corpus =
            Corpus.of(List.of(new byte[] {0, 0, 0, 3, 'a', 'b', 'c'}, new byte[] {0, 0, 0, 0}), List.of());

    LengthPrefixed(Fault fault) {
        this.fault = fault;
    }

    @Override
    public String name() {
        return "length-prefixed";
    }

    @Override
    public int share() {
        return 1;
    }

    @Override
    public long mostAllocatedBytes() {
        return 1 << 20;
    }

    @Override
    public boolean take(FuzzInput input) {
        ByteBuffer in = ByteBuffer.wrap(input.mutated(corpus));
        if (in.remaining() < 4) {
            return false;
        }
        int length = in.getInt();
        if (fault == Fault.ROOM_FIRST && length > 0 && length < 1 << 25) {
            Demand.that(new byte[length].length == length, "room");
        }
        boolean fits = length >= 0 && length <= in.remaining();
        if (!fits && !(fault == Fault.NO_BOUND && length >= 0 && length < 1 << 16)) {
            return false;
        }
        in.get(new byte[length]);
        return fault != Fault.ONE_VALUE || length == 0 || escaped(in.get(in.position() - 1));
    }

    private static boolean escaped(byte last) {
        Demand.that(last != '\\', "something behind an escape");
        return true;
    }
}
