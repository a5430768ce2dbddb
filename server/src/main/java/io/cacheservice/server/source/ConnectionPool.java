package io.cacheservice.server.source;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import io.cacheservice.server.yaml.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;

/**
 * The connections to one database: none until the first is needed, each opened with the password as it is then. Safe for use
 * by many threads.
 */
final class ConnectionPool implements AutoCloseable {
    private final HikariDataSource pool;
    private final Duration timeout;

    private ConnectionPool(HikariDataSource pool, Duration timeout) {
        this.pool = pool;
        this.timeout = timeout;
    }

    /** @throws io.cacheservice.CacheConfigException when there is no driver for the URL */
    static ConnectionPool open(SourceSettings.Jdbc settings, String name, Place place) {
        try {
            DriverManager.getDriver(settings.url());
        } catch (SQLException e) {
            throw place.refusal("has a url that no driver here accepts: name the jar of the database's JDBC driver in"
                    + " CACHE_SERVICE_CLASSPATH");
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(settings.url());
        config.setCredentialsProvider(() -> credentials(settings));
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(0);
        config.setConnectionTimeout(settings.timeout().toMillis());
        config.setValidationTimeout(settings.timeout().toMillis());
        config.setInitializationFailTimeout(-1);
        return new ConnectionPool(new HikariDataSource(config), settings.timeout());
    }

    private static Credentials credentials(SourceSettings.Jdbc settings) {
        try {
            Secret password = settings.password();
            return Credentials.of(settings.username(), password == null ? null : password.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection whose reads end a second after the time of a query, where the driver can bound them. */
    Connection connection() throws SQLException {
        Connection connection = pool.getConnection();
        try {
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(timeout.plusSeconds(1).toMillis()));
        } catch (SQLFeatureNotSupportedException e) {
            // the time of the statement is the bound then
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    @Override
    public void close() {
        pool.close();
    }
}
