package io.cacheservice.internal.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.EntryVersion;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UnreadRefreshesTest {
    private static final EntryVersion FIRST = EntryVersion.parse("0000000000000001");
    private static final EntryVersion SECOND = EntryVersion.parse("0000000000000002");

    private final AtomicInteger ended = new AtomicInteger();
    private final UnreadRefreshes<String> unread = new UnreadRefreshes<>(2, ended::incrementAndGet);

    @Test
    void whatWasNotReadUntilItsEndHasEndedUnreadOnce() {
        unread.stored("k", FIRST, 100, 0);
        unread.endOver(99);
        assertThat(ended).hasValue(0);

        unread.endOver(100);
        unread.endOver(100);
        assertThat(ended).hasValue(1);
    }

    @Test
    void whatWasReadHasNot() {
        unread.stored("k", FIRST, 100, 0);
        unread.read("k", FIRST);
        unread.endOver(100);

        assertThat(ended).hasValue(0);
        assertThat(unread.isFollowed("k")).isFalse();
    }

    @Test
    void aReadOfAnotherVersionIsNotOne() {
        unread.stored("k", SECOND, 100, 0);
        unread.read("k", FIRST);
        unread.endOver(100);

        assertThat(ended).hasValue(1);
    }

    @Test
    void whatIsReplacedOrRemovedUnreadHasEndedUnread() {
        unread.stored("k", FIRST, 100, 0);
        unread.stored("k", SECOND, 100, 0);
        assertThat(ended).hasValue(1);

        unread.ended("k");
        unread.ended("k");
        assertThat(ended).hasValue(2);
    }

    @Test
    void whatFindsNoRoomIsNotFollowedUntilOthersHaveEnded() {
        unread.stored("a", FIRST, 100, 0);
        unread.stored("b", FIRST, 200, 0);
        unread.stored("c", FIRST, 300, 0);
        assertThat(unread.isFollowed("c")).isFalse();

        unread.stored("d", FIRST, 300, 100);
        assertThat(unread.isFollowed("d")).isTrue();
        assertThat(ended).hasValue(1);
    }
}
