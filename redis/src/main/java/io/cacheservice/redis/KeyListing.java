package io.cacheservice.redis;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.FailedOutcome;
import io.cacheservice.KeyPage.Unlisted;
import io.cacheservice.TimeSource;
import io.cacheservice.spi.RemoteKeys;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing: {@code SCAN} after {@code SCAN}, server after server in the order of their addresses, until the
 * page is full or its time is up.
 *
 * <p>A server that is gone, is away, or began a new life takes the rest of its keys out of the listing, which says so and
 * goes on with the next one. Any other failure fails the page; it can be asked for again. Used once; its steps follow one
 * another, on whatever thread.
 */
final class KeyListing {
    private static final long PAGE_NANOS = Duration.ofMillis(250).toNanos();

    private final List<Node> nodes;
    private final byte[] pattern;
    private final int limit;
    private final Budgets budgets;
    private final TimeSource time;
    private final long endNanos;
    private final List<byte[]> keys = new ArrayList<>();
    private final List<Unlisted> unlisted = new ArrayList<>();
    private final CompletableFuture<RemoteKeys> page = new CompletableFuture<>();

    /** @param nodes all that hold keys now */
    KeyListing(List<Node> nodes, byte[] prefix, int limit, Budgets budgets, TimeSource time) {
        this.nodes =
                nodes.stream().sorted(Comparator.comparing(KeyListing::name)).toList();
        this.pattern = pattern(prefix);
        this.limit = limit;
        this.budgets = budgets;
        this.time = time;
        this.endNanos = time.nanoTime() + PAGE_NANOS;
    }

    /** @param cursor null begins */
    CompletableFuture<RemoteKeys> from(@Nullable String cursor) {
        if (nodes.isEmpty()) {
            return CompletableFuture.failedFuture(new CacheConnectionException(
                    "no server is known yet whose keys could be listed; the service keeps looking",
                    FailedOutcome.NOT_APPLIED));
        }
        if (cursor == null) {
            step(ScanPosition.beginning(name(nodes.get(0))));
            return page;
        }
        ScanPosition position = ScanPosition.parse(cursor);
        if (nodes.stream().noneMatch(node -> name(node).equals(position.node()))) {
            unlisted.add(new Unlisted(
                    position.node(), "it no longer holds keys of its own: those not listed yet are with others now"));
            goOn(after(position.node()));
        } else {
            step(position);
        }
        return page;
    }

    private void step(ScanPosition position) {
        Node node = nodes.stream()
                .filter(known -> name(known).equals(position.node()))
                .findFirst()
                .orElseThrow();
        ScanRequest request = new ScanRequest(
                position.cursor(), pattern, countAtOnce(), time.nanoTime() + budgets.nanos(Access.READ));
        node.ask(request);
        var unused = request.whenComplete((found, failure) -> {
            if (found != null) {
                take(position, found);
            } else if (failure != null && nodes.size() > 1 && node.isAway()) {
                unlisted.add(new Unlisted(position.node(), String.valueOf(failure.getMessage())));
                goOn(after(position.node()));
            } else {
                page.completeExceptionally(failure);
            }
        });
    }

    private void take(ScanPosition position, ScanRequest.Found found) {
        if (position.runId() != null
                && found.runId() != null
                && !position.runId().equals(found.runId())) {
            unlisted.add(new Unlisted(position.node(), "it was started anew while its keys were listed"));
            goOn(after(position.node()));
            return;
        }
        keys.addAll(found.keys());
        goOn(
                found.next().equals(ScanPosition.BEGINNING)
                        ? after(position.node())
                        : new ScanPosition(position.node(), found.runId(), found.next()));
    }

    /** Ends the page where it has to; null: there is nothing more. */
    private void goOn(@Nullable ScanPosition next) {
        boolean full = keys.size() > limit - countAtOnce() || time.nanoTime() - endNanos > 0;
        if (next == null || full) {
            page.complete(new RemoteKeys(keys, next == null ? null : next.text(), List.copyOf(unlisted)));
        } else {
            step(next);
        }
    }

    /** Half a page, so that what comes next still fits until more than half of it is there. */
    private int countAtOnce() {
        return Math.max(1, limit / 2);
    }

    private @Nullable ScanPosition after(String node) {
        return nodes.stream()
                .map(KeyListing::name)
                .filter(name -> name.compareTo(node) > 0)
                .findFirst()
                .map(ScanPosition::beginning)
                .orElse(null);
    }

    private static String name(Node node) {
        return node.address().toString();
    }

    /** The glob pattern of what begins with exactly {@code prefix}. */
    static byte[] pattern(byte[] prefix) {
        ByteArrayOutputStream pattern = new ByteArrayOutputStream(prefix.length + 8);
        for (byte b : prefix) {
            if (b == '*' || b == '?' || b == '[' || b == '\\') {
                pattern.write('\\');
            }
            pattern.write(b);
        }
        pattern.write('*');
        return pattern.toByteArray();
    }
}
