package io.cacheservice.testkit.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** Properties files: a configuration, or an error that names the file or a setting and shows no secret. */
public final class PropertiesTarget implements FuzzTarget {
    private static final String SECRET = "hunter2hunter2hunter2";
    private static final Set<String> HOLD_SECRETS = Set.of("password", "sentinelPassword", "server.tokens");

    private final Corpus corpus = Corpus.ofTexts(
            List.of(
                    "host = cache.example\nport=6380\npassword = " + SECRET + "\n",
                    "# comment\nhost: localhost\nusername orders\npassword=" + SECRET
                            + "\ndefaultTtl = 10m\nmaxStaleness = 500ms\n",
                    "url = rediss://orders:" + SECRET + "@cache.example:6380/2\nkeyPrefix = orders:\n",
                    "maxMemory=64mb\nmaxMemoryPolicy=allkeys-lfu\nserver.tokens = " + SECRET + "," + SECRET + "x\n",
                    "nodes = a:1,b:2,\\\n   c:3\ntopology = cluster\n",
                    "topology=sentinel\nnodes=a:26379\nsentinelMaster=m\nsentinelPassword=" + SECRET + "\n",
                    "refreshProb = 0.5\nttlThreshold = none\nserver.port=0\nserver.requireRedis = true\n",
                    "clientName=\\u0061b\\t\nmaxKeyBytes = 4kb\r\nmaxValueBytes = 8mb\rpoolSize = 4\n"),
            List.of(
                    "\\u00",
                    "\\u0000",
                    "\\\n",
                    "=",
                    ":",
                    "#",
                    "!",
                    "\u2028",
                    "none",
                    "7d",
                    "1024gb",
                    "true",
                    "host",
                    "url",
                    "nodes=",
                    "db = 1\n",
                    "breakerPause = 1s\n",
                    "journalSize=1\n",
                    SECRET));
    private final ScratchFile scratch;

    /** For the service loader. */
    public PropertiesTarget() throws IOException {
        scratch = new ScratchFile("cache-service.properties");
    }

    @Override
    public String name() {
        return "properties";
    }

    @Override
    public int share() {
        return 60;
    }

    /** Each line is read with a buffer of 20 KB that is garbage at once, and a run of line ends has tens of thousands. */
    @Override
    public long mostAllocatedBytes() {
        return 1L << 30;
    }

    @Override
    public boolean take(FuzzInput input) throws IOException {
        byte[] text = input.mutated(corpus);
        Path file = scratch.with(text);
        try {
            CacheConfig config = CacheConfig.builder().putFile(file).build();
            String table = config.table();
            Demand.that(!standsInSecretsOnly(text) || !table.contains(SECRET), "no secret in the table");
            Demand.that(config.redis().isPresent() == config.hasRedis(), "an address where Redis is named");
            return true;
        } catch (CacheConfigException refused) {
            String message = String.valueOf(refused.getMessage());
            Demand.that(message.contains(file.toString()) || message.matches("(?s).*[a-z][A-Za-z.]+ .*"), "a culprit");
            Demand.that(message.length() < 500 * (2 + text.length), "a bounded message");
            if (standsInSecretsOnly(text)) {
                Demand.keptSecret(refused, SECRET);
            }
            return false;
        }
    }

    /** A mutation may have put the secret where a host's name should be, and names are shown. */
    private static boolean standsInSecretsOnly(byte[] text) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(text, UTF_8)));
        } catch (IllegalArgumentException malformed) {
            return true;
        }
        return properties.stringPropertyNames().stream()
                .allMatch(name -> !name.contains(SECRET)
                        && (HOLD_SECRETS.contains(name)
                                || !properties.getProperty(name).contains(SECRET)));
    }

    @Override
    public void close() throws IOException {
        scratch.close();
    }
}
