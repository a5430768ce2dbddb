package io.cacheservice.redis;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A request about one key, which goes to the server that holds it, and goes on when that server names another.
 *
 * <p>A server that refuses has not carried out the command; so it is sent on, within the request's own time and at most
 * {@link #MOST_HOPS} times.
 */
abstract class KeyRequest<T extends @Nullable Object> extends Request<T> {
    private static final int MOST_HOPS = 5;

    private static final VarHandle ADMITTED_BY;

    static {
        try {
            ADMITTED_BY = MethodHandles.lookup().findVarHandle(KeyRequest.class, "admittedBy", NodeBreaker.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final byte[] key;
    private final Routing routing;
    private int slot = NO_SLOT;
    private int hops;
    private boolean asking;
    private boolean bystander;
    /** Who waits to be told what becomes of it, once. */
    private volatile @Nullable NodeBreaker admittedBy;

    KeyRequest(Routing routing, Access access, String name, byte[] key, long deadlineNanos, int weight) {
        super(access, name, deadlineNanos, weight);
        this.key = key;
        this.routing = routing;
    }

    /** The first error among the replies to this request's commands; null: there is none. */
    abstract @Nullable String error();

    final byte[] key() {
        return key;
    }

    /** It is to go over the connection on which nothing is tracked; called before it is sent. */
    final void asBystander() {
        bystander = true;
    }

    final boolean isBystander() {
        return bystander;
    }

    /** Lets {@code breaker} know its end. */
    final void admittedBy(NodeBreaker breaker) {
        admittedBy = breaker;
    }

    @Override
    final void endsByItself() {
        NodeBreaker breaker = takeBreaker();
        if (breaker != null) {
            breaker.undecided();
        }
    }

    private @Nullable NodeBreaker takeBreaker() {
        return admittedBy == null ? null : (NodeBreaker) ADMITTED_BY.getAndSet(this, null);
    }

    @Override
    final void heardOf() {
        NodeBreaker breaker = takeBreaker();
        if (breaker != null) {
            breaker.answered(this);
        }
    }

    @Override
    public boolean completeExceptionally(Throwable why) {
        NodeBreaker breaker = takeBreaker();
        if (breaker != null) {
            breaker.failed(why);
        }
        return super.completeExceptionally(why);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        endsByItself();
        return super.cancel(mayInterruptIfRunning);
    }

    /** A Cluster says where it goes. */
    final void inSlot(int of) {
        slot = of;
    }

    /** It is to be sent as {@code other} was last: about the same slot, and announced in the same way. */
    final void inTheWayOf(KeyRequest<?> other) {
        slot = other.slot;
        asking = other.asking;
    }

    /** Whether it goes to one server and no other: a redirection is its answer. */
    boolean isBound() {
        return false;
    }

    /** Whether something else is to be asked of the server that answered {@code error}. */
    boolean isSettledHere(String error) {
        return false;
    }

    @Override
    final int slot() {
        return slot;
    }

    @Override
    byte @Nullable [] changes() {
        // that of a bystander is to be heard of as those of others are
        return access() == Access.WRITE && !bystander ? key : null;
    }

    @Override
    final @Nullable Onward onward() {
        String error = error();
        if (error == null || isDone() || isSettledHere(error)) {
            return null;
        }
        Onward onward = routing.onward(error, lane().address());
        return hops == MOST_HOPS || isBound() ? null : onward;
    }

    @Override
    final void goOn(Onward onward) {
        hops++;
        asking = onward.asking();
        // it may have been sent before anybody knew that this is a Cluster
        inSlot(routing.slot(key).orElse(NO_SLOT));
        beginsAnew();
        onward.node().submit(this);
    }

    @Override
    final boolean isRedirected() {
        return hops > 0;
    }

    @Override
    final boolean isAsking() {
        return asking;
    }
}
