package io.cacheservice.server.http;

import io.cacheservice.CacheService;
import io.cacheservice.EntryVersion;
import io.cacheservice.Lookup;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A change of exactly the entry that somebody saw: what was there may be replaced by others before the change reaches it, so
 * that it does nothing, and one looks again.
 */
final class ComparedChange {
    private static final int MAX_COMPARISONS = 8;

    private final CacheService service;

    ComparedChange(CacheService service) {
        this.service = service;
    }

    /**
     * Makes {@code change} on the first of {@code versions} that is there; answers whether one was.
     *
     * @throws ProblemException when there are too many
     */
    boolean ofOneOf(List<EntryVersion> versions, Predicate<EntryVersion> change) {
        if (versions.size() > MAX_COMPARISONS) {
            throw new ProblemException(
                    Problem.badRequest("If-Match has more than " + MAX_COMPARISONS + " entity tags"));
        }
        return versions.stream().anyMatch(change);
    }

    /** Makes {@code change} on whatever entry is there; answers whether one was. */
    boolean ofWhatIsThere(String key, Predicate<EntryVersion> change) {
        return ofAllBut(List.of(), key, change) == Outcome.MADE;
    }

    /**
     * Makes {@code change} on whatever entry is there, unless it is one of {@code excluded}.
     *
     * @throws ProblemException when others changed it again and again meanwhile
     */
    Outcome ofAllBut(List<EntryVersion> excluded, String key, Predicate<EntryVersion> change) {
        for (int i = 0; i < MAX_COMPARISONS; i++) {
            Optional<EntryVersion> there = there(key);
            if (there.isEmpty()) {
                return Outcome.NOTHING_THERE;
            }
            if (excluded.contains(there.get())) {
                return Outcome.EXCLUDED;
            }
            if (change.test(there.get())) {
                return Outcome.MADE;
            }
        }
        throw new ProblemException(
                Problem.unavailable("others changed the entry " + MAX_COMPARISONS + " times meanwhile; try again"));
    }

    /** The version of what a reader would be given now. */
    Optional<EntryVersion> there(String key) {
        return service.lookup(key) instanceof Lookup.Hit<byte[]> hit ? hit.version() : Optional.empty();
    }

    /** What became of a change. */
    enum Outcome {
        /** It was made. */
        MADE,
        /** There was no entry. */
        NOTHING_THERE,
        /** There was one that was not to be changed. */
        EXCLUDED
    }
}
