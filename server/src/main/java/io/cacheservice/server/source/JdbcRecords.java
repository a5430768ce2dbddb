package io.cacheservice.server.source;

import io.cacheservice.LoadContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records that are rows of a database, each selected by a query of its own. */
final class JdbcRecords implements Records {
    private final SourceSettings.Jdbc settings;
    private final Rows rows;

    private JdbcRecords(SourceSettings.Jdbc settings, Rows rows) {
        this.settings = settings;
        this.rows = rows;
    }

    /** @throws io.cacheservice.CacheConfigException when there is no driver */
    static Records open(SourceSettings.Jdbc settings, SourceSettings source, long maxBytes) {
        ConnectionPool pool =
                ConnectionPool.open(settings, "source " + source.pattern().text(), source.place());
        JdbcRecords single = new JdbcRecords(settings, new Rows(settings, pool, maxBytes));
        return settings.bulkQuery() == null ? single : new InBulk(single, settings.bulkQuery());
    }

    @Override
    public byte @Nullable [] read(List<String> matched, String key, LoadContext<byte[]> context) throws Exception {
        SqlText query = Objects.requireNonNull(settings.query(), "query");
        return matched.stream().allMatch(settings.keyType()::accepts) ? rows.one(query, matched) : null;
    }

    @Override
    public Optional<String> contentType(List<String> matched) {
        return settings.valueColumn() == null ? Optional.of("application/json") : Optional.empty();
    }

    @Override
    public String description() {
        return "a database (" + kind(settings.url()) + (settings.bulkQuery() == null ? "" : ", in bulk") + ")";
    }

    /** Such as {@code jdbc:postgresql}: what follows may hold more than a screen should show. */
    private static String kind(String url) {
        return url.substring(0, url.indexOf(':', "jdbc:".length()));
    }

    @Override
    public void close() {
        rows.close();
    }

    /** Those with a query for many. */
    private record InBulk(JdbcRecords single, SqlText bulkQuery) implements Records.InBulk {
        @Override
        public byte @Nullable [] read(List<String> matched, String key, LoadContext<byte[]> context) throws Exception {
            return readAll(Set.of(matched.get(0))).get(matched.get(0));
        }

        @Override
        public Map<String, byte[]> readAll(Set<String> ids) throws Exception {
            List<String> possible =
                    ids.stream().filter(single.settings.keyType()::accepts).toList();
            if (possible.size() == 1 && single.settings.query() != null) {
                byte[] value = single.rows.one(single.settings.query(), possible);
                return value == null ? Map.of() : Map.of(possible.get(0), value);
            }
            int most = single.settings.bulkSize();
            Map<String, byte[]> found = new LinkedHashMap<>();
            for (int from = 0; from < possible.size(); from += most) {
                found.putAll(
                        single.rows.many(bulkQuery, possible.subList(from, Math.min(possible.size(), from + most))));
            }
            return found;
        }

        @Override
        public Optional<String> contentType(List<String> matched) {
            return single.contentType(matched);
        }

        @Override
        public String description() {
            return single.description();
        }

        @Override
        public void close() {
            single.close();
        }
    }
}
