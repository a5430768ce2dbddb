package io.cacheservice.examples;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.Lookup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lesson: with a {@code nullTtl} the answer "there is none" is remembered too, so that wrong keys do not reach the
 * database again and again. A lookup tells a remembered absence from a key that nobody asked for yet.
 */
public final class AbsenceCached {
    private AbsenceCached() {}

    /** Runs the lesson and says what happened. */
    public static void main(String[] args) {
        System.out.println(run());
    }

    static String run() {
        AtomicInteger queries = new AtomicInteger();
        try (CacheService service =
                CacheService.open(CacheConfig.builder().maxMemory(64 << 20).build())) {
            Cache<String, String> coupons = service.cache("coupons", String.class)
                    .ttl(Duration.ofHours(1))
                    .nullTtl(Duration.ofMinutes(1))
                    .loader(code -> {
                        queries.incrementAndGet();
                        return code.equals("SPRING") ? "10 %" : null;
                    })
                    .open();

            coupons.get("GUESS1");
            coupons.get("GUESS1");
            Lookup<String> remembered = coupons.lookup("GUESS1");

            return "hit " + remembered.isHit() + ", value " + remembered.valueOrNull() + ", " + queries + " query";
        }
    }
}
