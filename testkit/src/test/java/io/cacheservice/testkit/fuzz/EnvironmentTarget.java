package io.cacheservice.testkit.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Variables of the environment, names and values: a configuration, or an error that shows no secret. */
public final class EnvironmentTarget implements FuzzTarget {
    private static final String SECRET = "hunter2hunter2hunter2";

    private final Set<String> known = knownNames();
    private final Corpus corpus = Corpus.ofTexts(
            List.of(
                    "CACHE_HOST=localhost\0CACHE_PORT=6379\0CACHE_DB=3\0CACHE_TLS=false",
                    "CACHE_URL=redis://localhost:6379/0\0CACHE_READ_TIMEOUT=80ms\0CACHE_POOL_SIZE=2",
                    "CACHE_MAX_MEMORY=1gb\0CACHE_DEFAULT_TTL=7d\0CACHE_SERVER_PORT=8080\0PATH=/bin",
                    "CACHE_NODES=a:1,[::1]:2,c:3*4\0CACHE_TOPOLOGY=shards\0CACHE_REFRESH_PROB=0.25",
                    "CACHE_MAX_PENDING=100\0CACHE_HOST=h\0CACHE_BREAKER_PAUSE=none\0CACHE_COHERENCE_SAMPLE_INTERVAL=1s"),
            List.of("\0", "=", "CACHE_", "none", "1ms", "36500d", "512mb", "tcp://10.0.0.1:6379", ",", "*9999", "1e0"));

    @Override
    public String name() {
        return "environment";
    }

    @Override
    public int share() {
        return 80;
    }

    @Override
    public boolean take(FuzzInput input) {
        Map<String, String> environment = new TreeMap<>();
        for (String variable : new String(input.mutated(corpus), UTF_8).split("\0", -1)) {
            int equals = variable.indexOf('=');
            String name = variable.substring(0, Math.max(0, equals));
            // what is unknown is logged once for each name, and would be a million lines
            if (known.contains(name) || !name.startsWith("CACHE_")) {
                environment.put(name, variable.substring(equals + 1));
            }
        }
        environment.put(
                input.pick(List.of("CACHE_PASSWORD", "CACHE_SENTINEL_PASSWORD", "CACHE_SERVER_TOKENS")), SECRET);
        try {
            CacheConfig config =
                    CacheConfig.builder().putEnvironment(environment).build();
            Demand.that(!config.table().contains(SECRET), "no secret in the table");
            return true;
        } catch (CacheConfigException refused) {
            Demand.that(
                    String.valueOf(refused.getMessage()).contains("environment CACHE_")
                            || String.valueOf(refused.getMessage()).contains("default"),
                    "the origin of what is wrong: " + String.valueOf(refused.getMessage()));
            Demand.keptSecret(refused, SECRET);
            return false;
        }
    }

    private static Set<String> knownNames() {
        return CacheConfig.builder()
                .build()
                .table()
                .lines()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .map(name -> "CACHE_"
                        + name.replace('.', '_').replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
