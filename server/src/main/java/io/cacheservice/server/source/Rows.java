package io.cacheservice.server.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of a database as values. Keys reach it as parameters of statements only, never as text of one. */
final class Rows implements AutoCloseable {
    private static final Set<Integer> BINARY = Set.of(Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB);

    private final SourceSettings.Jdbc settings;
    private final ConnectionPool pool;
    private final long maxBytes;

    Rows(SourceSettings.Jdbc settings, ConnectionPool pool, long maxBytes) {
        this.settings = settings;
        this.pool = pool;
        this.maxBytes = maxBytes;
    }

    /**
     * The value of the row that {@code query} selects; null when it selects none, or the value is.
     *
     * @param ids one for all parameters, or one for each
     */
    byte @Nullable [] one(SqlText query, List<String> ids) throws SQLException, UnusableRecord {
        try (Connection connection = pool.connection();
                PreparedStatement statement = connection.prepareStatement(query.sql())) {
            for (int i = 0; i < query.parameters(); i++) {
                settings.keyType().bind(statement, i + 1, ids.get(ids.size() == 1 ? 0 : i));
            }
            bound(statement, 2);
            try (ResultSet rows = statement.executeQuery()) {
                byte[] value = rows.next() ? value(rows) : null;
                if (rows.next()) {
                    throw new UnusableRecord("has more than one row for a key: its query must select one");
                }
                return value;
            }
        }
    }

    /** The values of the rows that {@code query} selects for {@code ids}, which are not too many for it. */
    Map<String, byte[]> many(SqlText query, List<String> ids) throws SQLException, UnusableRecord {
        List<String> parameters = padded(ids, settings.bulkSize());
        Set<String> asked = Set.copyOf(ids);
        Map<String, byte[]> found = new LinkedHashMap<>();
        try (Connection connection = pool.connection();
                PreparedStatement statement = connection.prepareStatement(query.sql(parameters.size()))) {
            for (int i = 0; i < parameters.size(); i++) {
                settings.keyType().bind(statement, i + 1, parameters.get(i));
            }
            bound(statement, ids.size() + 1);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    byte[] value = value(rows);
                    if (value != null && found.put(id(rows, asked), value) != null) {
                        throw new UnusableRecord("has more than one row for a key: its bulkQuery must select one");
                    }
                }
            }
        }
        return found;
    }

    /** In powers of two, so that a database need not plan a statement for each number of them. */
    static List<String> padded(List<String> ids, int most) {
        int size = Math.min(most, Integer.highestOneBit(2 * ids.size() - 1));
        List<String> padded = new ArrayList<>(ids);
        while (padded.size() < size) {
            padded.add(ids.get(ids.size() - 1));
        }
        return padded;
    }

    private void bound(PreparedStatement statement, int maxRows) throws SQLException {
        statement.setQueryTimeout((int) settings.timeout().toSeconds());
        statement.setMaxRows(maxRows);
    }

    private String id(ResultSet row, Set<String> asked) throws SQLException, UnusableRecord {
        int column = settings.keyColumn() == null ? 1 : row.findColumn(settings.keyColumn());
        String id = settings.keyType().read(row, column);
        if (id == null || !asked.contains(id)) {
            throw new UnusableRecord(
                    "has a row in its bulkQuery whose key was not asked for: keyColumn must give it as it"
                            + " stands in the cache's key");
        }
        return id;
    }

    private byte @Nullable [] value(ResultSet row) throws SQLException, UnusableRecord {
        byte[] value = settings.valueColumn() == null ? RowJson.of(row) : column(row, settings.valueColumn());
        if (value != null && value.length > maxBytes) {
            throw UnusableRecord.tooLarge(maxBytes);
        }
        return value;
    }

    private static byte @Nullable [] column(ResultSet row, String name) throws SQLException {
        int column = row.findColumn(name);
        ResultSetMetaData columns = row.getMetaData();
        if (BINARY.contains(columns.getColumnType(column))) {
            return row.getBytes(column);
        }
        String text = row.getString(column);
        return text == null ? null : text.getBytes(UTF_8);
    }

    @Override
    public void close() {
        pool.close();
    }
}
