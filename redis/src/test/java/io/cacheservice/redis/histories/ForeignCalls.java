package io.cacheservice.redis.histories;

import io.cacheservice.Tier;
import io.cacheservice.testkit.RedisErrorReply;
import io.cacheservice.testkit.history.HistoryRecorder;
import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a foreign client does, recorded. For one thread. */
final class ForeignCalls {
    private static final String EXPIRE_IF_EQUAL =
            "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0";

    private final ForeignClient client;
    private final HistoryRecorder recorder;

    ForeignCalls(ForeignClient client, HistoryRecorder recorder) {
        this.client = client;
        this.recorder = recorder;
    }

    Outcome write(Key key, long version, Duration life) {
        return change(Kind.WRITE, key, version, life, "OK", set(key.inRedis(), version, life));
    }

    /** As {@link #write}, onto the key from another one of its slot. */
    Outcome rename(Key key, long version, Duration life) {
        String other = "{" + key.inRedis() + "}-draft";
        try {
            client.call(key.inRedis(), set(other, version, life));
        } catch (IOException | RedisErrorReply e) {
            return write(key, version, life);
        }
        return change(Kind.WRITE, key, version, life, "OK", "RENAME", other, key.inRedis());
    }

    private static String[] set(String keyInRedis, long version, Duration life) {
        return new String[] {"SET", keyInRedis, Long.toString(version), "PX", Long.toString(life.toMillis())};
    }

    Outcome delete(Key key, long version, boolean unlink) {
        return change(Kind.DELETE, key, version, Duration.ZERO, null, unlink ? "UNLINK" : "DEL", key.inRedis());
    }

    /** Only if the plain value is still that version: another one may be there after a failover, whose life is not meant. */
    void expire(Key key, long version, Duration life) {
        change(
                Kind.EXPIRE,
                key,
                version,
                life,
                1L,
                "EVAL",
                EXPIRE_IF_EQUAL,
                "1",
                key.inRedis(),
                Long.toString(version),
                Long.toString(life.toMillis()));
    }

    /** Changes or removes a row in its source, and then what is cached of it. */
    void invalidate(Row row, long version, boolean removes, Invalidation how, Source source) {
        String[] command = how == Invalidation.FOREIGN_SET
                ? new String[] {"SET", row.inRedis(), "of no cache"}
                : new String[] {"DEL", row.inRedis()};
        recorder.change(removes ? Kind.REMOVE : Kind.CHANGE, row.name(), version, Duration.ZERO, () -> {
            source.change(row, version, removes);
            return outcome(row.inRedis(), null, command);
        });
    }

    void read(Key key) {
        long start = System.nanoTime();
        try {
            long version = ForeignClient.version(client.call(key.inRedis(), "GET", key.inRedis()));
            if (version >= 0) {
                recorder.hasRead(Kind.READ, key.name(), version, start, System.nanoTime(), Tier.REMOTE);
            }
        } catch (IOException | RedisErrorReply notRead) {
            return;
        }
    }

    private Outcome change(
            Kind kind, Key key, long version, Duration life, @Nullable Object expected, String... command) {
        return recorder.change(kind, key.name(), version, life, () -> outcome(key.inRedis(), expected, command));
    }

    private Outcome outcome(String keyInRedis, @Nullable Object expected, String... command) {
        try {
            Object reply = client.call(keyInRedis, command);
            return expected == null || expected.equals(reply) ? Outcome.APPLIED : Outcome.FAILED;
        } catch (RedisErrorReply refused) {
            return Outcome.FAILED;
        } catch (IOException e) {
            return Outcome.UNKNOWN;
        }
    }
}
