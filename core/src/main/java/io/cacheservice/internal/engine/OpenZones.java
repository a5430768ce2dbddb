package io.cacheservice.internal.engine;

import io.cacheservice.CacheConfig;
import io.cacheservice.internal.entry.RedisKeys;
import io.cacheservice.internal.zones.Debts;
import io.cacheservice.internal.zones.Zone;
import io.cacheservice.internal.zones.ZonedTier;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteTierProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Opens the Redis of all zones as one. */
final class OpenZones {
    /** Others hear at once that a zone is late, where announcements reach them; else as soon as they look. */
    private static final Duration MOST_BETWEEN_LOOKS = Duration.ofMillis(250);

    private OpenZones() {}

    static RemoteTier open(CacheConfig config, RemoteTierProvider provider, Seams seams) {
        List<Zone> zones = new ArrayList<>();
        List<RemoteTier> opened = new ArrayList<>();
        Zone near = null;
        try {
            for (String name : config.zoneNames()) {
                RemoteTier tier = provider.open(config.inZone(name), seams.time(), seams.executor());
                opened.add(tier);
                Journal journal = new Journal(tier, config.journalSize(), seams.random());
                Zone zone = new Zone(name, tier, new JournaledDebts(journal));
                zones.add(zone);
                near = config.zone().filter(name::equals).isPresent() ? zone : near;
            }
        } catch (RuntimeException | Error refused) {
            opened.forEach(RemoteTier::close);
            throw refused;
        }
        if (near == null) {
            throw new IllegalStateException("no zone is near");
        }
        RedisKeys keys = new RedisKeys(config.keyPrefix(), config.maxKeyBytes());
        Duration quarter = config.maxStaleness().dividedBy(4);
        Duration looks = quarter.isZero() || quarter.compareTo(MOST_BETWEEN_LOOKS) > 0 ? MOST_BETWEEN_LOOKS : quarter;
        return new ZonedTier(
                zones, near, name -> keys.ownKey("late:" + name), looks.toMillis(), seams.time(), seams.random());
    }

    /** What one zone has yet to hear is a journal of its own. */
    private record JournaledDebts(Journal journal) implements Debts {
        @Override
        public boolean add(byte[] key) {
            return journal.add(key);
        }

        @Override
        public Object mark(byte[] key) {
            return journal.mark(key);
        }

        @Override
        public void settled(byte[] key, Object mark) {
            journal.settled(key, mark);
        }

        @Override
        public int size() {
            return journal.size();
        }

        @Override
        public void close() {
            journal.close();
        }
    }
}
