package io.cacheservice.server.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.h2.tools.Server;

/**
 * The source: H2 with the cities in its memory, which other processes on this machine reach over TCP. Its data stays while it
 * {@linkplain #refuse() refuses} everybody.
 */
final class CityDatabase implements AutoCloseable {
    private static final String USER = "demo";

    private final String password = UUID.randomUUID().toString();
    private final String name = "cities-" + UUID.randomUUID();
    private final Connection own;
    private Server server;

    /**
     * Fills it with {@code cities}, numbered from one, and serves it on a free port of loopback.
     *
     * @throws SQLException when it cannot be served
     */
    CityDatabase(List<CityFile.Row> cities) throws SQLException {
        // read once, before the first server of this JVM
        System.setProperty("h2.bindAddress", "127.0.0.1");
        own = DriverManager.getConnection(
                "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1;OPTIMIZE_REUSE_RESULTS=FALSE", USER, password);
        try {
            fill(cities);
            server = Server.createTcpServer("-tcpPort", "0").start();
        } catch (SQLException e) {
            own.close();
            throw e;
        }
    }

    int port() {
        return server.getPort();
    }

    /** Where it is for those who reach it through {@code port}. */
    String url(int port) {
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/mem:" + name;
    }

    String user() {
        return USER;
    }

    String password() {
        return password;
    }

    /** Cuts all connections and accepts none. */
    void refuse() {
        server.stop();
    }

    /**
     * Accepts connections again, on the same port.
     *
     * @throws SQLException when somebody else took it
     */
    void accept() throws SQLException {
        server = Server.createTcpServer("-tcpPort", Integer.toString(server.getPort()))
                .start();
    }

    /** How often the query of {@link CityTable} was carried out, as the database itself counts. */
    long queries() throws SQLException {
        try (PreparedStatement statement = own.prepareStatement("SELECT COALESCE(SUM(EXECUTION_COUNT), 0)"
                + " FROM INFORMATION_SCHEMA.QUERY_STATISTICS WHERE SQL_STATEMENT = ?")) {
            statement.setString(1, CityTable.QUERY);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        server.stop();
        try (Statement statement = own.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        }
    }

    private void fill(List<CityFile.Row> cities) throws SQLException {
        try (Statement statement = own.createStatement()) {
            statement.execute("CREATE TABLE city (id INT PRIMARY KEY, name VARCHAR NOT NULL, country CHAR(2) NOT NULL,"
                    + " region VARCHAR NOT NULL, latitude INT NOT NULL, longitude INT NOT NULL)");
        }
        own.setAutoCommit(false);
        try (PreparedStatement insert = own.prepareStatement("INSERT INTO city VALUES (?, ?, ?, ?, ?, ?)")) {
            int id = 0;
            for (CityFile.Row each : cities) {
                id++;
                insert.setInt(1, id);
                insert.setString(2, each.name());
                insert.setString(3, each.country());
                insert.setString(4, each.region());
                insert.setInt(5, each.latitude());
                insert.setInt(6, each.longitude());
                insert.addBatch();
                if (id % 1_000 == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
        own.commit();
        own.setAutoCommit(true);
        try (Statement statement = own.createStatement()) {
            statement.execute("CREATE INDEX place ON city (latitude, longitude)");
            statement.execute("SET QUERY_STATISTICS TRUE");
        }
    }
}
