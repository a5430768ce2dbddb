package io.cacheservice.server.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;

/** A real database in this process with the cities of {@code cities.tsv}, for as long as it is open. */
@NullMarked
public final class CityDatabase implements AutoCloseable {
    public static final String USER = "reader";
    public static final String PASSWORD = "geheim-4711";

    private final String url;
    private final Connection owner;

    private CityDatabase(String url) throws Exception {
        this.url = url;
        this.owner = DriverManager.getConnection(url, "owner", "owners-password");
        Path data = Path.of(Objects.requireNonNull(CityDatabase.class.getResource("cities.tsv"))
                .toURI());
        run("create table city(id bigint primary key, name varchar(100) not null, country char(2) not null,"
                + " population int, latitude decimal(8, 5), longitude decimal(8, 5))");
        run("insert into city select * from csvread('" + data
                + "', 'ID\tNAME\tCOUNTRY\tPOPULATION\tLATITUDE\tLONGITUDE',"
                + " 'charset=UTF-8 fieldSeparator=\t lineComment=#')");
        run("create user " + USER + " password '" + PASSWORD + "'");
        run("grant select on city to " + USER);
    }

    /** In memory. */
    public static CityDatabase open() throws Exception {
        return new CityDatabase("jdbc:h2:mem:" + UUID.randomUUID());
    }

    /** In a file of {@code folder}, which other processes can open once this is closed. */
    public static CityDatabase open(Path folder) throws Exception {
        return new CityDatabase("jdbc:h2:" + Files.createDirectories(folder).resolve("cities"));
    }

    public String url() {
        return url;
    }

    /** Runs a statement as the owner. */
    public void run(String sql) throws Exception {
        try (Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of what {@code sql} selects. */
    public List<Long> numbers(String sql) throws Exception {
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Long> numbers = new ArrayList<>();
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
            return numbers;
        }
    }

    /** How often statements like {@code pattern} were run since {@code set query_statistics true}. */
    public long queries(String pattern) throws Exception {
        return numbers("select coalesce(sum(execution_count), 0) from information_schema.query_statistics where"
                        + " sql_statement like '" + pattern + "' and sql_statement not like '%query_stat%'")
                .get(0);
    }

    @Override
    public void close() throws SQLException {
        owner.close();
    }
}
