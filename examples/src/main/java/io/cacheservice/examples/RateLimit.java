package io.cacheservice.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.EntryVersion;
import io.cacheservice.Lookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lesson: counters and temporary state are atomic: so many calls in each window, a one-time code that one caller gets, a
 * job that one worker claims and takes further only if nobody else did.
 */
public final class RateLimit {
    private static final int CALLS_PER_MINUTE = 3;

    private final CacheService service;

    RateLimit(CacheService service) {
        this.service = service;
    }

    boolean mayCall(String client) {
        return service.increment("calls:" + client, 1, Duration.ofMinutes(1)) <= CALLS_PER_MINUTE;
    }

    void sendCode(String user, String code) {
        service.set("code:" + user, code.getBytes(UTF_8), Duration.ofMinutes(5));
    }

    boolean redeem(String user, String code) {
        byte @Nullable [] sent = service.getAndDelete("code:" + user);
        return sent != null && new String(sent, UTF_8).equals(code);
    }

    boolean claim(String job, String worker) {
        return service.setIfAbsent("job:" + job, ("claimed by " + worker).getBytes(UTF_8), Duration.ofMinutes(10));
    }

    boolean advance(String job, String state) {
        if (service.lookup("job:" + job) instanceof Lookup.Hit<byte[]> seen) {
            EntryVersion version = seen.version().orElseThrow();
            return service.replace("job:" + job, version, state.getBytes(UTF_8), Duration.ofMinutes(10));
        }
        return false;
    }

    /** Runs the lesson and says what happened. */
    public static void main(String[] args) {
        System.out.println(run());
    }

    static List<Boolean> run() {
        List<Boolean> answers = new ArrayList<>();
        try (CacheService service =
                CacheService.open(CacheConfig.builder().maxMemory(64 << 20).build())) {
            RateLimit limits = new RateLimit(service);
            for (int call = 0; call < 4; call++) {
                answers.add(limits.mayCall("10.0.0.1"));
            }
            limits.sendCode("ada", "918273");
            answers.add(limits.redeem("ada", "918273"));
            answers.add(limits.redeem("ada", "918273"));
            answers.add(limits.claim("report", "worker 1"));
            answers.add(limits.claim("report", "worker 2"));
            answers.add(limits.advance("report", "half done"));
        }
        return answers;
    }
}
