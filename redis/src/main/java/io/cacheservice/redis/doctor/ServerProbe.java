package io.cacheservice.redis.doctor;

import io.cacheservice.TimeSource;
import io.cacheservice.redis.doctor.ServerSeen.KeysSeen;
import io.cacheservice.redis.doctor.ServerSeen.Need;
import io.cacheservice.redis.doctor.ServerSeen.TrackingSeen;
import io.cacheservice.redis.doctor.ServerSeen.Tried;
import io.cacheservice.redis.internal.server.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks one server everything that an examination wants to know. What it writes is one key, which is deleted, and which
 * expires by itself where it may not be deleted.
 */
final class ServerProbe {
    private static final int PINGS = 200;
    private static final int CLOCK_SAMPLES = 5;
    private static final String LIFE_MILLIS = "30000";

    /** What only CONFIG tells, or tells where INFO may not be read. */
    static final List<String> PARAMETERS = List.of(
            "maxmemory", "maxmemory-policy", "maxclients", "timeout", "tracking-table-max-keys", "proto-max-bulk-len");

    private final Dialer dialer;
    private final TimeSource time;

    ServerProbe(Dialer dialer, TimeSource time) {
        this.dialer = dialer;
        this.time = time;
    }

    /** @param key of this examination alone, on this server; null: the server has no keys */
    ServerSeen examine(Link link, @Nullable String key) {
        Reply info = link.ask("INFO");
        List<Tried> asked = new ArrayList<>();
        asked.add(new Tried("info", Need.BETTER, info));
        asked.add(new Tried("client|info", Need.BETTER, link.ask("CLIENT", "INFO")));
        // nobody has this id
        Reply kill = link.ask("CLIENT", "KILL", "ID", Long.toString(Long.MAX_VALUE), "ADDR", "127.0.0.1:1");
        asked.add(new Tried("client|kill", Need.BETTER, kill));
        Info parsed = Info.parse(info.text());
        Map<String, String> hello = link.ask("HELLO").fields();
        if (parsed.says("redis_mode", "cluster") || "cluster".equals(hello.get("mode"))) {
            asked.add(new Tried("cluster|nodes", Need.ALWAYS, link.ask("CLUSTER", "NODES")));
            asked.add(new Tried("cluster|slots", Need.ALWAYS, link.ask("CLUSTER", "SLOTS")));
        }
        Map<String, Reply> config = new LinkedHashMap<>();
        PARAMETERS.forEach(name -> config.put(name, link.ask("CONFIG", "GET", name)));
        KeysSeen keys = key == null ? null : keys(link, key);
        return new ServerSeen(
                link.address().toString(), parsed, hello, config, keys, asked, pings(link), clockAheadMillis(link));
    }

    private KeysSeen keys(Link link, String key) {
        List<Tried> tried = new ArrayList<>();
        Reply script = script(link, key, tried);
        tried.add(new Tried("del", Need.ALWAYS, link.ask("DEL", key)));
        Reply write = link.ask("SET", key, "doctor", "PX", LIFE_MILLIS);
        tried.add(new Tried("set", Need.ALWAYS, write));
        tried.add(new Tried("get", Need.ALWAYS, link.ask("GET", key)));
        tried.add(new Tried("getrange", Need.ALWAYS, link.ask("GETRANGE", key, "0", "0")));
        tried.add(new Tried("mget", Need.BETTER, link.ask("MGET", key)));
        tried.add(new Tried("pttl", Need.ALWAYS, link.ask("PTTL", key)));
        TrackingSeen tracking = tracking(link, key);
        tried.add(new Tried("unlink", Need.ALWAYS, link.ask("UNLINK", key)));
        return new KeysSeen(tried, write, script, tracking);
    }

    /** Runs a script as the service does: by its hash, else whole; with its header, else without. */
    private static Reply script(Link link, String key, List<Tried> tried) {
        Script.Text text = Script.SET_IF_ABSENT.text(true);
        Reply load = link.ask("SCRIPT", "LOAD", text.source());
        String error = load.error();
        if (error != null && error.contains("near '#'")) {
            text = Script.SET_IF_ABSENT.text(false);
            load = link.ask("SCRIPT", "LOAD", text.source());
        }
        tried.add(new Tried("script|load", Need.BETTER, load));
        Reply run = link.ask("EVALSHA", text.sha1(), "1", key, "doctor", LIFE_MILLIS);
        tried.add(new Tried("evalsha", Need.ALWAYS, run));
        String missing = run.error();
        if (missing == null || !missing.startsWith("NOSCRIPT")) {
            return run;
        }
        Reply whole = link.ask("EVAL", text.source(), "1", key, "doctor", LIFE_MILLIS);
        tried.add(new Tried("eval", Need.ALWAYS, whole));
        return whole;
    }

    private TrackingSeen tracking(Link foreign, String key) {
        try (Link tracked = dialer.dial(foreign.address()).link()) {
            if (tracked == null) {
                Reply lost = new Reply.Lost("no second connection could be made");
                return new TrackingSeen(lost, lost, false);
            }
            Reply on = tracked.ask("CLIENT", "TRACKING", "ON");
            if (on.value() == null) {
                return new TrackingSeen(on, on, false);
            }
            tracked.ask("GET", key);
            Reply write = foreign.ask("SET", key, "changed", "PX", LIFE_MILLIS);
            boolean arrived = write.value() != null && tracked.awaitInvalidation(key);
            return new TrackingSeen(on, write, arrived);
        }
    }

    /** A refusal takes as long as a PONG. */
    private List<Long> pings(Link link) {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < PINGS; i++) {
            long before = time.nanoTime();
            if (link.ask("PING") instanceof Reply.Lost) {
                break;
            }
            nanos.add(time.nanoTime() - before);
        }
        return nanos;
    }

    /** The sample with the shortest round trip is the least wrong: by half of that at most. */
    private @Nullable Long clockAheadMillis(Link link) {
        Long ahead = null;
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < CLOCK_SAMPLES; i++) {
            long ownMillis = time.epochMillis();
            long before = time.nanoTime();
            List<?> answer = link.ask("TIME").list();
            long roundTrip = time.nanoTime() - before;
            if (answer.size() == 2 && roundTrip < shortest) {
                shortest = roundTrip;
                long serverMillis =
                        1_000 * Info.whole(Reply.text(answer.get(0))) + Info.whole(Reply.text(answer.get(1))) / 1_000;
                ahead = serverMillis - (ownMillis + roundTrip / 2_000_000);
            }
        }
        return ahead;
    }
}
