package io.cacheservice.redis.coherence;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import java.util.Objects;

/** A program that reads {@code k} from its copy without a pause, until it is "new". */
final class PausedReader {
    private PausedReader() {}

    /** Prints "reading" once it has a copy; at its end, when the last read began that found "old". */
    public static void main(String[] arguments) {
        try (CacheService service = Local.open(arguments[0], Local.SHORT)) {
            Cache<String, String> cache = Local.shared(service);
            Local.awaitCopy(cache, "k", "old");
            System.out.println("reading");
            long lastOldNanos = System.nanoTime();
            for (long nanos = lastOldNanos; Objects.equals(cache.get("k"), "old"); nanos = System.nanoTime()) {
                lastOldNanos = nanos;
            }
            System.out.println(lastOldNanos);
        }
    }
}
