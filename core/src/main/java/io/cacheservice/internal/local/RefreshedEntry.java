package io.cacheservice.internal.local;

/**
 * An entry that a load brought which nobody waited for. It tells whether anybody has read it by the time it leaves its map.
 * Safe for use by many threads.
 *
 * @param <V> the value
 */
public final class RefreshedEntry<V> extends Entry<V> {
    /** What it takes beside what any entry does. */
    public static final int OVERHEAD_BYTES = 8;

    private final Runnable leftUnread;
    private volatile boolean isRead;

    /**
     * {@code entry}, which nobody has read yet.
     *
     * @param leftUnread called once if it leaves its map so, on any thread, perhaps while others use the map
     */
    public RefreshedEntry(Entry<V> entry, Runnable leftUnread) {
        super(entry, entry.bytes() + OVERHEAD_BYTES);
        this.leftUnread = leftUnread;
    }

    /** A read was answered with it. Writes once only, so that the readers of a hot entry share its cache line. */
    public void wasRead() {
        if (!isRead) {
            isRead = true;
        }
    }

    @Override
    protected void left() {
        if (!isRead) {
            leftUnread.run();
        }
    }
}
