package io.cacheservice.benchmarks.stampede;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** From when to when something lasted, in {@code System.nanoTime()}, which all JVMs of a Linux machine share. */
record Span(long beginNanoTime, long endNanoTime) {
    long nanos() {
        return endNanoTime - beginNanoTime;
    }

    static void writeAll(List<Span> spans, DataOutput output) throws IOException {
        output.writeInt(spans.size());
        for (Span span : spans) {
            output.writeLong(span.beginNanoTime);
            output.writeLong(span.endNanoTime);
        }
    }

    static List<Span> readAll(DataInput input) throws IOException {
        int size = input.readInt();
        List<Span> spans = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            spans.add(new Span(input.readLong(), input.readLong()));
        }
        return spans;
    }
}
