package io.cacheservice.internal.engine;

import io.cacheservice.internal.tags.Epochs;
import io.cacheservice.spi.LossListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Sees to it that what a server has forgotten is not believed: the keys that were changed lately are removed again, and until
 * that is done they are misses; where nobody knows which those are, all typed caches are cleared in the same way.
 *
 * <p>Safe for use by many threads.
 */
final class Losses implements LossListener {
    private static final System.Logger LOG = System.getLogger("io.cacheservice");

    private final Journal journal;
    private final AcceptedKeys accepted;
    private final List<Epochs> caches = new CopyOnWriteArrayList<>();

    Losses(Journal journal, AcceptedKeys accepted) {
        this.journal = journal;
        this.accepted = accepted;
    }

    /** The epochs of a cache, with which all its entries end. */
    void concern(Epochs epochs) {
        caches.add(epochs);
    }

    /** Redis has accepted a change of {@code key}, which has a source. */
    void accepted(byte[] key) {
        accepted.add(key);
    }

    @Override
    public void lostLatest(Predicate<byte[]> keys) {
        List<byte[]> latest = accepted.latest();
        if (latest == null) {
            clearAll("more keys were changed in the last " + AcceptedKeys.MEMORY.toSeconds()
                    + " s than journalSize remembers");
            return;
        }
        long concerned = latest.stream().filter(keys).distinct().count();
        boolean fit = true;
        for (byte[] key : latest) {
            fit &= !keys.test(key) || journal.add(key);
        }
        if (!fit) {
            clearAll("the journal is full");
        } else if (concerned > 0) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "Redis may have forgotten its latest changes: {0} of the last {1} s are removed again",
                    concerned,
                    AcceptedKeys.MEMORY.toSeconds());
        }
    }

    @Override
    public void cameBackOld() {
        clearAll("a server has no log and came back with data of unknown age");
    }

    private void clearAll(String why) {
        if (!caches.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Redis may answer with old values, for {0}: all typed caches are cleared",
                    why);
        }
        caches.forEach(Epochs::clearLater);
    }
}
