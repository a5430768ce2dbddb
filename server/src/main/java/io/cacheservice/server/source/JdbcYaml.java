package io.cacheservice.server.source;

import io.cacheservice.server.yaml.Members;
import io.cacheservice.server.yaml.YamlNode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a database source is. */
final class JdbcYaml {
    private static final Pattern URL = Pattern.compile("jdbc:[A-Za-z0-9_+.-]+:.+");
    private static final Pattern PASSWORD = Pattern.compile("(?i)(password|passwd|pwd)\\s*=|[^:/@?]+[:/][^:/@?]+@");
    private static final String EXPECTED_TIMEOUT = "whole seconds from 1s to 10m, such as 5s";

    private final Map<String, String> environment;

    JdbcYaml(Map<String, String> environment) {
        this.environment = environment;
    }

    SourceSettings.Jdbc read(YamlNode node, KeyPattern keys) {
        Members members = Members.of(
                node,
                "url",
                "username",
                "passwordFile",
                "passwordEnv",
                "query",
                "bulkQuery",
                "keyColumn",
                "valueColumn",
                "keyType",
                "bulkSize",
                "poolSize",
                "timeout");
        SqlText query = query(members, keys);
        SqlText bulkQuery = bulkQuery(members, keys);
        if (query == null && bulkQuery == null) {
            throw members.place().refusal("has no query: expected query, bulkQuery or both");
        }
        return new SourceSettings.Jdbc(
                url(members),
                members.find("username", "the database's user").orElse(null),
                SecretYaml.read(members, "passwordFile", "passwordEnv", environment),
                query,
                bulkQuery,
                members.find("keyColumn", "the name of a column of bulkQuery").orElse(null),
                members.find("valueColumn", "the name of a column").orElse(null),
                keyType(members),
                members.integer("bulkSize", 1, 1_000, 500),
                members.integer("poolSize", 1, 100, 4),
                timeout(members));
    }

    /** Its text is not shown: it may hold a password all the same. */
    private static String url(Members members) {
        String expected = "the JDBC URL of a database, such as jdbc:postgresql://db.example/geo";
        String url = members.text("url", expected);
        if (!URL.matcher(url).matches()) {
            throw members.placeOf("url").refusal("is refused: expected " + expected);
        }
        if (PASSWORD.matcher(url).find()) {
            throw members.placeOf("url")
                    .refusal(
                            "is refused, since it seems to hold a password: put that in passwordFile or passwordEnv, and the"
                                    + " user in username");
        }
        return url;
    }

    private static @Nullable SqlText query(Members members, KeyPattern keys) {
        SqlText query = members.find("query", "a statement that selects one row")
                .map(SqlText::of)
                .orElse(null);
        if (query != null) {
            int marks = query.parameters();
            boolean fits = keys.stars() == 1 ? marks > 0 : marks == keys.stars();
            if (!fits) {
                throw members.placeOf("query")
                        .refusal("has " + marks + " question marks and the pattern " + keys.stars()
                                + " stars: expected a question mark for each star, or any number for a single one");
            }
        }
        return query;
    }

    private static @Nullable SqlText bulkQuery(Members members, KeyPattern keys) {
        SqlText query = members.find("bulkQuery", "a statement that selects many rows")
                .map(SqlText::of)
                .orElse(null);
        if (query == null) {
            for (String name : new String[] {"keyColumn", "bulkSize"}) {
                if (members.has(name)) {
                    throw members.placeOf(name).refusal("is refused: it belongs to bulkQuery, which is not there");
                }
            }
        } else if (keys.stars() != 1 || query.parameters() != 1) {
            throw members.placeOf("bulkQuery")
                    .refusal(
                            "is refused: expected a pattern with one star, and one question mark, as in 'where id in (?)'");
        }
        return query;
    }

    private static KeyType keyType(Members members) {
        String expected = "text or number";
        String type = members.find("keyType", expected).orElse("text");
        return switch (type) {
            case "text" -> KeyType.TEXT;
            case "number" -> KeyType.NUMBER;
            default -> throw members.refusal("keyType", type, expected);
        };
    }

    private static Duration timeout(Members members) {
        Duration timeout = members.duration("timeout", Duration.ofSeconds(1), Duration.ofMinutes(10), EXPECTED_TIMEOUT)
                .orElse(Duration.ofSeconds(5));
        if (timeout.toMillisPart() != 0) {
            throw members.refusal("timeout", timeout.toMillis() + "ms", EXPECTED_TIMEOUT);
        }
        return timeout;
    }
}
