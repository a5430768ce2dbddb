package io.cacheservice.examples;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.EntryOptions;
import io.cacheservice.OnUnavailable;
import java.time.Duration;

/**
 * Lesson: a list of revoked tokens must never be answered from an old copy ({@code maxStaleness} zero), nor be taken for
 * empty while Redis is away; each entry lives as long as its token would have.
 */
public final class TokenRevocation {
    private final Cache<String, String> revoked;

    TokenRevocation(CacheService service) {
        revoked = service.cache("revoked-tokens", String.class)
                .maxStaleness(Duration.ZERO)
                .onUnavailable(OnUnavailable.FAIL)
                .open();
    }

    void revoke(String tokenId, String reason, Duration lifeLeft) {
        revoked.put(tokenId, reason, EntryOptions.ttl(lifeLeft));
    }

    boolean isRevoked(String tokenId) {
        return revoked.lookup(tokenId).isHit();
    }

    /** Runs the lesson and says what happened. */
    public static void main(String[] args) {
        System.out.println(run());
    }

    static String run() {
        try (CacheService service =
                CacheService.open(CacheConfig.builder().maxMemory(64 << 20).build())) {
            TokenRevocation tokens = new TokenRevocation(service);
            tokens.revoke("jti-1", "lost phone", Duration.ofMinutes(15));
            return "jti-1 revoked: " + tokens.isRevoked("jti-1") + ", jti-2 revoked: " + tokens.isRevoked("jti-2");
        }
    }
}
