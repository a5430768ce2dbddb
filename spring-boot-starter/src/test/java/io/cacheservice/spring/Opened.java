package io.cacheservice.spring;

import io.cacheservice.CacheService;
import io.cacheservice.OnUnavailable;
import io.cacheservice.TypeRef;
import java.util.List;
import java.util.Map;

/** Spring's view of a cache of users, without a context around it. */
final class Opened {
    static final String NAME = "users";

    private Opened() {}

    static CacheServiceCache cache(CacheService service) {
        return cache(service, CachePolicy.DEFAULTS);
    }

    static CacheServiceCache failing(CacheService service) {
        return cache(
                service,
                new CachePolicy(
                        null, null, null, null, null, null, null, null, null, null, null, null, OnUnavailable.FAIL));
    }

    /** Nulls are not remembered. */
    static CacheServiceCache withoutNulls(CacheService service) {
        SettingDuration none = SettingDuration.valueOf("none");
        return cache(
                service, new CachePolicy(null, null, none, null, null, null, null, null, null, null, null, null, null));
    }

    private static CacheServiceCache cache(CacheService service, CachePolicy policy) {
        ValueTypes types = new ValueTypes(Map.of(NAME, TypeRef.of(User.class)), Map::of);
        CacheOpener opener = new CacheOpener(service, types, Map.of(NAME, policy), List.of());
        return new CacheServiceCache(NAME, policy.failsWhenUnavailable(), () -> opener.open(NAME));
    }
}
