package io.cacheservice.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CityDatabaseTest {
    private static final List<CityFile.Row> CITIES = List.of(
            new CityFile.Row("Uppsala", "SE", "21", 5986, 1764),
            new CityFile.Row("Sigtuna", "SE", "26", 5962, 1772),
            new CityFile.Row("Knivsta", "SE", "21", 5973, 1779),
            new CityFile.Row("Roma", "IT", "07", 4189, 1251));

    @Test
    void theFileHasAsManyCitiesAsItIsSaidToHave() throws Exception {
        assertThat(CityFile.rows()).hasSize(CityFile.SIZE).doesNotHaveDuplicates();
    }

    @Test
    void aCityComesWithThoseNearItTheNearestFirst() throws Exception {
        try (CityDatabase database = new CityDatabase(CITIES);
                CityTable table = table(database)) {
            assertThat(table.find(1))
                    .isEqualTo(new City("Uppsala", "SE", "21", 59.86, 17.64, List.of("Knivsta", "Sigtuna")));
            assertThat(table.find(4)).isEqualTo(new City("Roma", "IT", "07", 41.89, 12.51, List.of()));
            assertThat(table.find(5)).isNull();
        }
    }

    @Test
    void theDatabaseCountsEachQueryThatItCarriedOut() throws Exception {
        try (CityDatabase database = new CityDatabase(CITIES);
                CityTable table = table(database)) {
            assertThat(database.queries()).isZero();
            table.find(1);
            table.find(1);

            assertThat(database.queries()).isEqualTo(2);
        }
    }

    @Test
    void aDatabaseThatRefusesAnswersAgainWhenItAccepts() throws Exception {
        try (CityDatabase database = new CityDatabase(CITIES);
                CityTable table = table(database)) {
            table.find(1);
            database.refuse();
            assertThatThrownBy(() -> table.find(1)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> table.find(1)).isInstanceOf(SQLException.class);

            database.accept();

            assertThat(table.find(1)).isNotNull();
        }
    }

    @Test
    void aConnectionThatWasCutWhileNobodyUsedItIsNoErrorOfTheNextQuery() throws Exception {
        try (CityDatabase database = new CityDatabase(CITIES);
                CityTable table = table(database)) {
            table.find(1);
            database.refuse();
            database.accept();

            assertThat(table.find(1)).isNotNull();
        }
    }

    private static CityTable table(CityDatabase database) {
        return new CityTable(database.url(database.port()), database.user(), database.password());
    }
}
