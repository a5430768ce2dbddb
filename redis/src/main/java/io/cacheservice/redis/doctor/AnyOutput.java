package io.cacheservice.redis.doctor;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whatever a server answers: byte arrays, numbers, switches, nulls, and lists of these; a map is a list in which names and
 * values alternate, as in RESP2.
 */
final class AnyOutput extends CommandOutput<byte[], byte[], @Nullable Object> {
    private final Deque<Unfinished> open = new ArrayDeque<>();

    AnyOutput() {
        super(ByteArrayCodec.INSTANCE, null);
    }

    private record Unfinished(List<@Nullable Object> elements, int size) {
        boolean isFinished() {
            return elements.size() == size;
        }
    }

    @Override
    public void set(@Nullable ByteBuffer bytes) {
        add(bytes == null ? null : codec.decodeValue(bytes));
    }

    @Override
    public void set(long number) {
        add(number);
    }

    @Override
    public void set(double number) {
        add(number);
    }

    @Override
    public void set(boolean value) {
        add(value);
    }

    @Override
    public void multi(int size) {
        if (size < 0) {
            add(null);
            return;
        }
        open.push(new Unfinished(new ArrayList<>(), size));
        closeFinished();
    }

    private void add(@Nullable Object value) {
        if (open.isEmpty()) {
            output = value;
            return;
        }
        open.element().elements().add(value);
        closeFinished();
    }

    private void closeFinished() {
        if (!open.isEmpty() && open.element().isFinished()) {
            add(open.pop().elements());
        }
    }
}
