package io.cacheservice.redis.doctor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the server is one that the service can use: version. Pure. */
final class Engine {
    private static final Pattern VERSION = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4}).*");

    private Engine() {}

    static Finding version(ServerSeen seen) {
        String valkey = seen.info().text("valkey_version");
        if (valkey != null) {
            return Check.VERSION.ok(seen.where(), "Valkey " + valkey);
        }
        String told = seen.info().text("redis_version");
        String redis = told != null ? told : seen.hello().get("version");
        Matcher parts = VERSION.matcher(redis == null ? "" : redis);
        if (!parts.matches()) {
            return Check.VERSION.skipped(seen.where(), "neither INFO nor HELLO tells it");
        }
        int number = 1_000 * Integer.parseInt(parts.group(1)) + Integer.parseInt(parts.group(2));
        String remedy = "use Redis 7.0 or later, or any Valkey";
        if (number < 6_002) {
            return Check.VERSION.fault(
                    seen.where(), "Redis " + redis + " is too old: before 6.2 there is no GETEX", remedy);
        }
        return number < 7_000
                ? Check.VERSION.note(
                        seen.where(),
                        "Redis " + redis + " works; it lacks flags of scripts, so that a script may store where memory"
                                + " is full, and cannot take away the right to a single subcommand",
                        remedy)
                : Check.VERSION.ok(seen.where(), "Redis " + redis);
    }
}
