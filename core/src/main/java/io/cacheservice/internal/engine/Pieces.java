package io.cacheservice.internal.engine;

import io.cacheservice.internal.futures.Futures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Cuts a batch into pieces that follow one another, so that it does not fill the lanes by itself. */
final class Pieces {
    private Pieces() {}

    /** Sends one piece. */
    @FunctionalInterface
    interface Sending<T> {
        /** Sends the elements {@code from} to {@code to}, exclusive; answers one future for each. */
        List<CompletableFuture<T>> send(int from, int to);
    }

    /**
     * Sends {@code size} elements, at most {@code most} at a time; answers one future for each.
     *
     * @param sending may run on an I/O thread from the second piece on
     */
    static <T> List<CompletableFuture<T>> send(int size, int most, Sending<T> sending) {
        if (size <= most) {
            return sending.send(0, size);
        }
        List<CompletableFuture<T>> promised =
                Stream.generate(CompletableFuture<T>::new).limit(size).toList();
        goOn(promised, 0, most, sending);
        return promised;
    }

    /** Asks for one piece. */
    @FunctionalInterface
    interface Asking<T> {
        /** Asks for the elements {@code from} to {@code to}, exclusive; answers one future for each, all done. */
        CompletableFuture<List<CompletableFuture<T>>> ask(int from, int to);
    }

    /**
     * Asks for {@code size} elements, at most {@code most} at a time; answers one future for each when all are done.
     *
     * @param asking may run on an I/O thread from the second piece on
     */
    static <T> CompletableFuture<List<CompletableFuture<T>>> ask(int size, int most, Asking<T> asking) {
        return askOn(new ArrayList<>(size), size, most, asking);
    }

    private static <T> CompletableFuture<List<CompletableFuture<T>>> askOn(
            List<CompletableFuture<T>> soFar, int size, int most, Asking<T> asking) {
        CompletableFuture<List<CompletableFuture<T>>> asked =
                asking.ask(soFar.size(), Math.min(size, soFar.size() + most));
        return Futures.then(asked, (piece, failure) -> {
            if (piece == null) {
                return asked;
            }
            soFar.addAll(piece);
            return soFar.size() == size ? CompletableFuture.completedFuture(soFar) : askOn(soFar, size, most, asking);
        });
    }

    /** Sends piece after piece, here as long as they are answered at once, else when the last has been. */
    private static <T> void goOn(List<CompletableFuture<T>> promised, int begin, int most, Sending<T> sending) {
        int from = begin;
        while (from < promised.size()) {
            int to = Math.min(promised.size(), from + most);
            List<CompletableFuture<T>> sent;
            try {
                sent = sending.send(from, to);
            } catch (RuntimeException | Error refused) {
                promised.subList(from, promised.size()).forEach(future -> future.completeExceptionally(refused));
                return;
            }
            for (int i = from; i < to; i++) {
                Futures.onEnd(sent.get(i - from), Futures.copyTo(promised.get(i)));
            }
            CompletableFuture<?> done = Futures.allDone(sent);
            if (!done.isDone()) {
                Futures.onEnd(done, (nothing, none) -> goOn(promised, to, most, sending));
                return;
            }
            from = to;
        }
    }
}
