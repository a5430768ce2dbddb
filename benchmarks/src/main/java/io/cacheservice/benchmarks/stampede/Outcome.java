package io.cacheservice.benchmarks.stampede;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a task, in one JVM or in several.
 *
 * @param loads of the source
 * @param calls of the cache; of callers that ask again and again, only those that took long
 * @param failure what the first caller that failed said; empty: none did
 */
record Outcome(List<Span> loads, List<Span> calls, String failure) {
    void write(DataOutput output) throws IOException {
        Span.writeAll(loads, output);
        Span.writeAll(calls, output);
        output.writeUTF(failure);
    }

    static Outcome read(DataInput input) throws IOException {
        return new Outcome(Span.readAll(input), Span.readAll(input), input.readUTF());
    }

    static Outcome of(List<Outcome> parts) {
        List<Span> loads = new ArrayList<>();
        List<Span> calls = new ArrayList<>();
        String failure = "";
        for (Outcome part : parts) {
            loads.addAll(part.loads);
            calls.addAll(part.calls);
            failure = failure.isEmpty() ? part.failure : failure;
        }
        return new Outcome(loads, calls, failure);
    }
}
