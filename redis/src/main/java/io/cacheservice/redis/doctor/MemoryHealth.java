package io.cacheservice.redis.doctor;

import io.cacheservice.CacheConfig;
import io.cacheservice.redis.doctor.ServerSeen.KeysSeen;
import io.cacheservice.redis.internal.server.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether there is room, and what happens when there is none: eviction and memory. Pure. */
final class MemoryHealth {
    private static final int NEARLY_FULL_PERCENT = 85;
    private static final int FULL_PERCENT = 97;
    private static final Pattern KEYSPACE = Pattern.compile("keys=([0-9]{1,18}),expires=([0-9]{1,18}).*");

    private MemoryHealth() {}

    static List<Finding> findings(ServerSeen seen, CacheConfig settings) {
        String policy = seen.parameter("maxmemory_policy", "maxmemory-policy");
        long maxMemory = Info.whole(seen.parameter("maxmemory", "maxmemory"));
        return List.of(eviction(seen, settings, policy, maxMemory), memory(seen, settings, policy, maxMemory));
    }

    private static Finding eviction(ServerSeen seen, CacheConfig settings, @Nullable String policy, long maxMemory) {
        String where = seen.where();
        if (policy == null) {
            return Check.EVICTION.skipped(where, "neither INFO nor CONFIG tells maxmemory-policy");
        }
        Optional<String> wanted = settings.maxMemoryPolicy();
        if (wanted.isPresent() && !wanted.get().equals(policy)) {
            return differs(
                    Check.EVICTION, where, "maxMemoryPolicy", wanted.get(), "maxmemory-policy", policy, settings);
        }
        String remedy = "CONFIG SET maxmemory-policy allkeys-lfu";
        if (policy.equals("volatile-ttl")) {
            return Check.EVICTION.warning(
                    where,
                    "volatile-ttl evicts what ends soonest, read often or not: short-lived keys of the service, such as"
                            + " leases, go first",
                    remedy);
        }
        if (policy.startsWith("volatile-")) {
            return Check.EVICTION.warning(
                    where,
                    policy + " never evicts entries without expiry, which callers may store"
                            + withoutExpiry(seen.info(), settings.db()) + ": they can fill the memory",
                    remedy);
        }
        if (policy.equals("noeviction") && maxMemory > 0) {
            return Check.EVICTION.warning(
                    where, "noeviction with a maxmemory: once it is full, every write is refused", remedy);
        }
        if (policy.equals("allkeys-lfu")) {
            return Check.EVICTION.ok(where, policy);
        }
        return Check.EVICTION.note(
                where,
                policy.equals("noeviction")
                        ? "noeviction, and no maxmemory that would call for another"
                        : policy + " evicts any key; allkeys-lfu keeps what is read often",
                remedy);
    }

    private static String withoutExpiry(Info info, int db) {
        String keyspace = info.text("db" + db);
        Matcher counts = KEYSPACE.matcher(keyspace == null ? "" : keyspace);
        if (!counts.matches()) {
            return "";
        }
        long without = Info.whole(counts.group(1)) - Info.whole(counts.group(2));
        return " (there are " + without + " of " + counts.group(1) + " keys now)";
    }

    private static Finding memory(ServerSeen seen, CacheConfig settings, @Nullable String policy, long maxMemory) {
        String where = seen.where();
        KeysSeen keys = seen.keys();
        String remedy = "raise maxmemory, set maxmemory-policy to allkeys-lfu, or store less";
        long used = seen.info().number("used_memory");
        String use = used < 0 || maxMemory <= 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        ": %s of %s are used, %d %%",
                        Bytes.text(used),
                        Bytes.text(maxMemory),
                        percent(used, maxMemory));
        if (keys != null && keys.write().is(Refusal.OOM)) {
            return Check.MEMORY.fault(where, "full: a write was refused with OOM" + use, remedy);
        }
        Optional<Long> wanted = settings.maxMemory();
        if (wanted.isPresent() && maxMemory >= 0 && wanted.get() != maxMemory) {
            return differs(
                    Check.MEMORY,
                    where,
                    "maxMemory",
                    Long.toString(wanted.get()),
                    "maxmemory",
                    Long.toString(maxMemory),
                    settings);
        }
        if (maxMemory == 0) {
            return Check.MEMORY.note(
                    where,
                    "no maxmemory: Redis grows until the machine has no more",
                    "CONFIG SET maxmemory, with room left for copies (a fork, replicas) on the machine");
        }
        if (maxMemory < 0 || used < 0) {
            return Check.MEMORY.skipped(where, "neither INFO nor CONFIG tells used_memory and maxmemory");
        }
        return headroom(where, percent(used, maxMemory), use.substring(2), remedy, policy);
    }

    private static Finding headroom(String where, long percent, String use, String remedy, @Nullable String policy) {
        if (percent < NEARLY_FULL_PERCENT) {
            return Check.MEMORY.ok(where, use);
        }
        if (policy != null && policy.startsWith("allkeys-")) {
            return Check.MEMORY.note(
                    where,
                    use + ": full or nearly, and evicting as " + policy + " should",
                    "a low hit ratio means that it is too small: raise maxmemory");
        }
        return percent < FULL_PERCENT
                ? Check.MEMORY.warning(where, use, remedy)
                : Check.MEMORY.fault(where, use + ": writes are or will soon be refused", remedy);
    }

    private static long percent(long part, long whole) {
        return Math.round(100.0 * part / whole);
    }

    private static Finding differs(
            Check check,
            String where,
            String setting,
            String wanted,
            String parameter,
            String actual,
            CacheConfig settings) {
        String seen = parameter + " is " + actual + ", but the setting " + setting + " is " + wanted;
        return settings.manageServer()
                ? check.note(where, seen + "; the service sets it when it starts (manageServer)", "")
                : check.fault(
                        where,
                        seen + ": the service does not start",
                        "CONFIG SET " + parameter + " " + wanted + ", manageServer = true, or leave " + setting
                                + " unset");
    }
}
