package io.cacheservice.redis.coherence;

import static io.cacheservice.redis.coherence.Local.LONG;
import static io.cacheservice.redis.coherence.Local.SECONDS;
import static io.cacheservice.redis.coherence.Local.SHORT;
import static io.cacheservice.redis.coherence.Local.awaitHeard;
import static io.cacheservice.redis.coherence.Local.awaitPast;
import static io.cacheservice.redis.coherence.Local.awaitReadAtServer;
import static io.cacheservice.redis.coherence.Local.get;
import static io.cacheservice.redis.coherence.Local.hits;
import static io.cacheservice.redis.coherence.Local.open;
import static io.cacheservice.redis.coherence.Local.shared;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.EntryFormat;
import io.cacheservice.KeyCodec;
import io.cacheservice.ReadOptions;
import io.cacheservice.TypeRef;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which answers of Redis become copies, and who may share one question to Redis. */
@Timeout(60)
class WhatIsKeptTest {
    private RedisServer redis;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        redis.command("SET", "k", "old");
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void anAnswerThatAChangeHasOvertakenIsNotKept() throws Exception {
        GatedCodec codec = new GatedCodec();
        try (CacheService service = open(redis.url(), SHORT)) {
            Cache<String, String> cache = shared(service, "gated").codec(codec).open();
            var first = cache.async().get("k");
            codec.awaitReached();
            redis.command("SET", "k", "new");
            awaitHeard(service);
            codec.release();

            assertThat(get(first)).isEqualTo("old");
            assertThat(cache.get("k")).isEqualTo("new");
        }
    }

    @Test
    void aChangeBetweenTheCheckAndTheInstallationIsNotMissed() throws Exception {
        GatedCodec codec = new GatedCodec();
        GatedKey key = new GatedKey("k", codec::isHere);
        try (CacheService service = open(redis.url(), SHORT)) {
            Cache<GatedKey, String> cache = service.cache(
                            "gated", KeyCodec.of(GatedKey::text), TypeRef.of(String.class))
                    .format(EntryFormat.RAW)
                    .redisKey(GatedKey::text)
                    .codec(codec)
                    .open();
            var first = cache.async().get(key);
            codec.release(); // not before: whoever decodes is to be the one who installs
            key.awaitReached();
            redis.command("SET", "k", "new");
            awaitHeard(service);
            key.release();

            assertThat(get(first)).isEqualTo("old");
            assertThat(cache.get(new GatedKey("k", () -> false))).isEqualTo("new");
        }
    }

    @Test
    void aReadDoesNotJoinAQuestionFromBeforeAChangeThatWasHeard() throws Exception {
        GatedCodec codec = new GatedCodec();
        try (CacheService service = open(redis.url(), SECONDS)) {
            Cache<String, String> cache = shared(service, "gated").codec(codec).open();
            var first = cache.async().get("k");
            codec.awaitReached();
            redis.command("SET", "k", "new");
            awaitHeard(service);
            var second = cache.async().get("k");
            codec.release();

            assertThat(get(first)).isEqualTo("old");
            assertThat(get(second)).isEqualTo("new");
        }
    }

    @Test
    void aReadDoesNotJoinAQuestionThatIsOlderThanTheBound() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(redis.port());
                CacheService service = open(proxy.url(), SHORT)) {
            Cache<String, String> cache = shared(service);
            long before = hits(redis);
            proxy.hold(Direction.TO_CLIENT);
            var first = cache.async().get("k");
            awaitReadAtServer(redis, before);
            redis.command("SET", "k", "new");
            awaitPast(System.nanoTime(), SHORT);
            var second = cache.async().get("k");
            proxy.release();

            assertThat(get(first)).isEqualTo("old");
            assertThat(get(second)).isEqualTo("new");
        }
    }

    @Test
    void theLatestIsAskedForAnewWhileAQuestionIsUnderWay() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(redis.port());
                CacheService service = open(proxy.url(), LONG)) {
            Cache<String, String> cache = shared(service);
            long before = hits(redis);
            proxy.hold(Direction.TO_CLIENT);
            var first = cache.async().get("k");
            awaitReadAtServer(redis, before);
            redis.command("SET", "k", "new");
            var latest = cache.async().get("k", ReadOptions.latest());
            proxy.release();

            assertThat(get(first)).isEqualTo("old");
            assertThat(get(latest)).isEqualTo("new");
        }
    }

    @Test
    void readsOfOneKeyShareAQuestion() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(redis.port());
                CacheService service = open(proxy.url(), LONG)) {
            Cache<String, String> cache = shared(service);
            long before = hits(redis);
            proxy.hold(Direction.TO_CLIENT);
            var first = cache.async().get("k");
            var second = cache.async().get("k");
            awaitReadAtServer(redis, before);
            proxy.release();

            assertThat(get(first)).isEqualTo("old");
            assertThat(get(second)).isEqualTo("old");
            // the value and its remaining life
            assertThat(hits(redis) - before).isEqualTo(2);
        }
    }
}
