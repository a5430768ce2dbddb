package io.cacheservice.benchmarks;

import io.cacheservice.benchmarks.RawSocket.Requests;
import io.cacheservice.benchmarks.harness.CallerThreads;
import io.cacheservice.benchmarks.harness.ClosedLoopSlice;
import io.cacheservice.benchmarks.harness.PipelinedSlice;
import io.cacheservice.benchmarks.harness.ServerCpu;
import io.cacheservice.benchmarks.harness.Slice;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far a client can get: one thread and one socket with no client in between, and as many operations under way as the others have
 * callers, all of which are sent together and received together.
 */
final class Limit {
    static final String NAME = "limit";

    private Limit() {}

    /** A slice that exchanges {@code pipelines} of {@code operations} operations each. */
    static Slice slice(RawSocket socket, List<Requests> pipelines, int operations, ServerCpu server) {
        String[] numbers = new String[pipelines.size()];
        Arrays.setAll(numbers, Integer::toString);
        ClosedLoopSlice.Call call = number -> socket.exchange(pipelines.get(Integer.parseInt(number)));
        return new PipelinedSlice(new ClosedLoopSlice(call, numbers, 1, CallerThreads.PLATFORM, server), operations);
    }

    /** {@code all} in groups of {@code size}, without what is left over. */
    static <T> List<List<T>> together(List<T> all, int size) {
        return IntStream.range(0, all.size() / size)
                .mapToObj(group -> all.subList(group * size, (group + 1) * size))
                .toList();
    }
}
