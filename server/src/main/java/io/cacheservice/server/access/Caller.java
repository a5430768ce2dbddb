package io.cacheservice.server.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Who sent a request, by the name of the token, and what that token allows.
 *
 * @param name goes into logs and answers
 * @param scopes what may be done
 * @param prefixes what keys must begin with, one of these; none: every key is allowed
 */
public record Caller(String name, Set<Scope> scopes, List<String> prefixes) {
    /** Makes the lists unmodifiable. */
    public Caller {
        scopes = Set.copyOf(scopes);
        prefixes = List.copyOf(prefixes);
    }

    /** One who may do everything. */
    public static Caller allowedEverything(String name) {
        return new Caller(name, EnumSet.allOf(Scope.class), List.of());
    }

    /** Whether {@code scope} is among the scopes. */
    public boolean has(Scope scope) {
        return scopes.contains(scope);
    }

    /** Whether no key is out of reach. */
    public boolean reachesEveryKey() {
        return prefixes.isEmpty();
    }

    /** Whether {@code key} is in reach; given the beginning of keys, whether all keys that begin so are. */
    public boolean reaches(String key) {
        return prefixes.isEmpty() || prefixes.stream().anyMatch(key::startsWith);
    }
}
