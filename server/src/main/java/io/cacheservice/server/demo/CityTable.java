package io.cacheservice.server.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * The table of cities as a program sees it: one query for a city and those near it. Safe for use by many threads; each takes a
 * connection that is idle, or opens one: also when the idle one fails, for it may have been cut since it was last used.
 */
final class CityTable implements AutoCloseable {
    /** What is asked of the database, once for each load. The city itself is the first row. */
    static final String QUERY = "SELECT n.name, n.country, n.region, n.latitude, n.longitude FROM city c JOIN city n"
            + " ON n.latitude BETWEEN c.latitude - 25 AND c.latitude + 25"
            + " AND n.longitude BETWEEN c.longitude - 25 AND c.longitude + 25"
            + " WHERE c.id = ? ORDER BY CASE WHEN n.id = c.id THEN -1 ELSE"
            + " (n.latitude - c.latitude) * (n.latitude - c.latitude)"
            + " + (n.longitude - c.longitude) * (n.longitude - c.longitude) END LIMIT 6";

    private final String url;
    private final String user;
    private final String password;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    CityTable(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /**
     * The city of that number; null when there is none.
     *
     * @throws SQLException when the database cannot be reached or refuses
     */
    @Nullable
    City find(int id) throws SQLException {
        Connection waiting = idle.poll();
        if (waiting != null) {
            try {
                return findAndKeep(waiting, id);
            } catch (SQLException cut) {
                try {
                    return findAndKeep(open(), id);
                } catch (SQLException e) {
                    e.addSuppressed(cut);
                    throw e;
                }
            }
        }
        return findAndKeep(open(), id);
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    private @Nullable City findAndKeep(Connection connection, int id) throws SQLException {
        try {
            City found = find(connection, id);
            idle.push(connection);
            return found;
        } catch (SQLException e) {
            // those opened before it are most likely broken in the same way
            idle.push(connection);
            closeIdle(e);
            throw e;
        }
    }

    private static @Nullable City find(Connection connection, int id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(QUERY)) {
            query.setInt(1, id);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? city(rows) : null;
            }
        }
    }

    private static City city(ResultSet rows) throws SQLException {
        String name = rows.getString(1);
        String country = rows.getString(2);
        String region = rows.getString(3);
        double latitude = rows.getInt(4) / 100.0;
        double longitude = rows.getInt(5) / 100.0;
        List<String> nearby = new ArrayList<>();
        while (rows.next()) {
            nearby.add(rows.getString(1));
        }
        return new City(name, country, region, latitude, longitude, nearby);
    }

    /** Closes the connections that nobody uses now, the broken ones too. */
    @Override
    public void close() throws SQLException {
        SQLException failures = new SQLException("connections could not be closed");
        closeIdle(failures);
        if (failures.getSuppressed().length > 0) {
            throw failures;
        }
    }

    private void closeIdle(SQLException cause) {
        for (Connection each = idle.poll(); each != null; each = idle.poll()) {
            try {
                each.close();
            } catch (SQLException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
