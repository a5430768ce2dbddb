package io.cacheservice.testkit.contract;

import io.cacheservice.Cache;
import io.cacheservice.EntryOptions;
import org.junit.jupiter.api.Test;

/** Lives that a policy gives are shortened, each by another part of up to a tenth; those that a caller names are exact. */
abstract class TtlJitterContract extends TierContract {
    private Cache<String, String> loading() {
        return diced("t")
                .ttl(LIFE)
                .nullTtl(LIFE)
                .loader(key -> key.equals("nobody") ? null : "loaded")
                .open();
    }

    @Test
    void aLoadedValueLivesAsMuchShorterAsTheDiceSay() {
        Cache<String, String> cache = loading();
        cache.get("a");
        dice.fallOn(0.5);
        cache.get("b");

        assertLife(cache.lookup("a"), LIFE);
        assertLife(cache.lookup("b"), LIFE.multipliedBy(95).dividedBy(100));
    }

    @Test
    void byATenthAtMost() {
        Cache<String, String> cache = loading();
        dice.fallOn(Math.nextDown(1.0));
        cache.get("a");

        assertLife(cache.lookup("a"), shortest(LIFE));
    }

    @Test
    void aRememberedAbsenceToo() {
        Cache<String, String> cache = loading();
        dice.fallOn(0.5);
        cache.get("nobody");

        assertLife(cache.lookup("nobody"), LIFE.multipliedBy(95).dividedBy(100));
    }

    @Test
    void whatIsPutLivesExactlyAsLongAsItWasSaid() {
        Cache<String, String> cache = loading();
        dice.fallOn(0.9);
        cache.put("policy", "put");
        cache.put("entry", "put", EntryOptions.ttl(LIFE.multipliedBy(2)));

        assertLife(cache.lookup("policy"), LIFE);
        assertLife(cache.lookup("entry"), LIFE.multipliedBy(2));
    }

    @Test
    void soDoesWhatIsLoadedForTheLifeThatACallNames() {
        dice.fallOn(0.9);
        dicedService().get("k", LIFE, key -> bytes("loaded"));

        assertLife(dicedService().lookup("k"), LIFE);
    }
}
