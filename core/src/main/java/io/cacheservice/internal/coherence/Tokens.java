package io.cacheservice.internal.coherence;

import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.LocalMap;
import io.cacheservice.spi.ChangeListener;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one service: one for each Redis key that is being read or of which a local copy is held, in whichever cache.
 *
 * <p>A copy is known to its token before it is put into its map, and is looked at each time it is used. So there is no moment
 * between the check of a token and the installation of a copy in which a change could be missed: a copy that comes too late is
 * born dead. That it leaves its map as well is housekeeping, done by another thread a little later.
 *
 * <p>Safe for use by many threads. The step of a key calls nothing else, so that it may be taken under any lock.
 */
public final class Tokens implements ChangeListener {
    private static final System.Logger LOG = System.getLogger(Tokens.class.getName());
    /**
     * Not at once: a thread that is woken for each change competes with the reader who is about to ask for the new value, and
     * whose answer replaces the copy anyway.
     */
    private static final Executor SOON =
            CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS, ForkJoinPool.commonPool());

    private final ConcurrentHashMap<KeyBytes, Token> tokens = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<KeyBytes, CompletableFuture<@Nullable Void>> waiting = new ConcurrentHashMap<>();
    private final Queue<Holding<?, ?>> dead = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final LongAdder changes = new LongAdder();

    /** The token of {@code key} for a read that is about to be sent; to be given back by {@link #giveBack}. */
    public Token take(byte[] key) {
        return tokens.compute(new KeyBytes(key), (k, known) -> {
            Token token = known == null ? new Token(k) : known;
            token.addUser();
            return token;
        });
    }

    /** The read has ended. */
    public void giveBack(Token token) {
        tokens.computeIfPresent(token.key(), (k, known) -> known == token && token.removeUser() ? null : known);
    }

    /**
     * Puts {@code copy} among {@code copies}, unless its key has changed or what is there was seen later.
     *
     * @return whether the key had not changed
     */
    <K, V> boolean hold(Copies<K, V> copies, K key, LocalCopy<V> copy) {
        LocalMap<K, V> map = copies.map();
        Token token = copy.token();
        Token current = tokens.computeIfPresent(token.key(), (k, known) -> {
            if (known == token) {
                token.add(new Holding<>(copies, key, copy));
            }
            return known;
        });
        if (current != token) {
            return false;
        }
        boolean[] held = {false};
        try {
            map.update(key, before -> {
                held[0] = before == null || mayBeReplaced(before, copy);
                return held[0] ? copy : before;
            });
        } finally {
            if (!held[0]) {
                left(copy);
            }
        }
        if (copy.isTouched()) {
            // the sweep may have passed before it was there
            map.remove(key, copy);
            return false;
        }
        return true;
    }

    private static boolean mayBeReplaced(Entry<?> before, LocalCopy<?> by) {
        return !(before instanceof LocalCopy<?> copy) || copy.isTouched() || by.seenAtNanos() - copy.seenAtNanos() >= 0;
    }

    /** A copy is in its map no longer. */
    void left(LocalCopy<?> copy) {
        Token token = copy.token();
        tokens.computeIfPresent(token.key(), (k, known) -> known == token && token.remove(copy) ? null : known);
    }

    /**
     * Completed when {@code key} changes next, on the thread that reports it; {@link #stopWaiting} must follow where it is
     * not. What many wait for is one future.
     */
    public CompletableFuture<?> nextChange(byte[] key) {
        return waiting.computeIfAbsent(new KeyBytes(key), k -> new CompletableFuture<>());
    }

    /** Nobody waits for {@code change} any more. */
    public void stopWaiting(byte[] key, CompletableFuture<?> change) {
        waiting.remove(new KeyBytes(key), change);
    }

    @Override
    public void changed(byte[] key) {
        changes.increment();
        KeyBytes at = new KeyBytes(key);
        if (tokens.containsKey(at)) {
            endCopies(at);
        }
        if (!waiting.isEmpty()) {
            CompletableFuture<@Nullable Void> change = waiting.remove(at);
            if (change != null) {
                change.complete(null);
            }
        }
    }

    private void endCopies(KeyBytes at) {
        Holding<?, ?>[] holdings = {null};
        tokens.computeIfPresent(at, (k, token) -> {
            token.touch();
            holdings[0] = token.holdings();
            return null;
        });
        for (Holding<?, ?> each = holdings[0]; each != null; each = each.next()) {
            dead.add(each);
        }
        if (holdings[0] != null && sweeping.compareAndSet(false, true)) {
            SOON.execute(this::sweep);
        }
    }

    private void sweep() {
        sweeping.set(false); // before polling: a later change starts another sweep
        for (Holding<?, ?> each = dead.poll(); each != null; each = dead.poll()) {
            drop(each);
        }
    }

    private static void drop(Holding<?, ?> holding) {
        try {
            holding.drop();
        } catch (RuntimeException | Error ofAKeyOfAUser) {
            // it stays until its memory is needed; the others must not stay with it
            LOG.log(System.Logger.Level.DEBUG, "a local copy could not be removed", ofAKeyOfAUser);
        }
    }

    /** Walks what is there, in the order of the keys' hashes; sees some of what comes or goes meanwhile. */
    Iterator<Token> walk() {
        return tokens.values().iterator();
    }

    /** A copy of {@code token}'s key, of whichever cache; null: none is held. */
    @Nullable
    Holding<?, ?> anyHolding(Token token) {
        Holding<?, ?>[] found = {null};
        tokens.computeIfPresent(token.key(), (k, known) -> {
            found[0] = known == token ? token.holdings() : null;
            return known;
        });
        return found[0];
    }

    /** How many keys are read or held at this moment. */
    public int size() {
        return tokens.size();
    }

    /** How many changes were reported, by own writes (twice each) and by the server. */
    public long changes() {
        return changes.sum();
    }
}
