package io.cacheservice.server.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The cities that the program carries: an excerpt of GeoNames, licensed under CC BY 4.0; the file says what was changed. */
final class CityFile {
    /** How many there are. */
    static final int SIZE = 57_025;

    private static final String NAME = "cities.tsv.gz";

    private CityFile() {}

    /** One line: a city, with its place in hundredths of a degree. */
    record Row(String name, String country, String region, int latitude, int longitude) {
        private static Row of(String line) {
            String[] fields = line.split("\t", -1);
            return new Row(fields[0], fields[1], fields[2], Integer.parseInt(fields[3]), Integer.parseInt(fields[4]));
        }
    }

    /** All of them, in the order of the file. */
    static List<Row> rows() throws IOException {
        InputStream packed = Objects.requireNonNull(CityFile.class.getResourceAsStream(NAME), NAME);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(packed), UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Row::of)
                    .toList();
        }
    }
}
