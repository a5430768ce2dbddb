package io.cacheservice.internal.zones;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.FailedOutcome;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.futures.Futures;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which zone answers: the nearest that has missed nothing and can be reached. Safe for use by many threads. */
final class Nearness {
    private final Zone near;
    private final List<Zone> order;
    private final TimeSource time;
    /** Whether another zone has answered since the nearest last did. */
    private volatile boolean isAway;

    Nearness(List<Zone> zones, Zone near, TimeSource time) {
        this.near = near;
        this.order = new ArrayList<>(zones);
        order.remove(near);
        order.add(0, near);
        this.time = time;
    }

    Zone near() {
        return near;
    }

    /** All zones, the nearest first. */
    List<Zone> order() {
        return order;
    }

    boolean isTrusted(Zone zone) {
        return zone.isTrusted(time.nanoTime());
    }

    /** The nearest that can be believed; null: none. */
    @Nullable
    Zone reader() {
        return next(order.iterator());
    }

    /** Asks one zone after the other until one can be reached. Whose time is up has no more of it for another one. */
    <T> CompletableFuture<T> ask(Function<Zone, CompletableFuture<T>> question) {
        return ask(order.iterator(), null, question);
    }

    private <T> CompletableFuture<T> ask(
            Iterator<Zone> rest, @Nullable Throwable before, Function<Zone, CompletableFuture<T>> question) {
        Zone zone = next(rest);
        if (zone == null) {
            return CompletableFuture.failedFuture(before == null ? noneTrusted() : before);
        }
        CompletableFuture<T> asked = question.apply(zone);
        return Futures.then(asked, (answer, failure) -> {
            if (failure instanceof CacheConnectionException) {
                return ask(rest, before == null ? failure : before, question);
            }
            served(zone);
            return asked;
        });
    }

    private @Nullable Zone next(Iterator<Zone> rest) {
        while (rest.hasNext()) {
            Zone zone = rest.next();
            if (isTrusted(zone)) {
                return zone;
            }
        }
        return null;
    }

    static CacheConnectionException noneTrusted() {
        return new CacheConnectionException(
                "no zone is up to date: each has missed a change that it has yet to hear",
                FailedOutcome.NOT_APPLIED,
                null);
    }

    /** What others answered meanwhile ends when the nearest is back: copies are compared with what is there. */
    private void served(Zone zone) {
        if (zone != near) {
            isAway = true;
        } else if (isAway) {
            isAway = false;
            order.subList(1, order.size()).forEach(Zone::endTerm);
        }
    }
}
