package io.cacheservice.examples.cities;

import io.cacheservice.TypeRef;
import io.cacheservice.jackson.JacksonCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes cities as one JSON array. */
final class CityFile {
    /** What one city is in a cache: exactly its bytes in the file. */
    static final JacksonCodec<City> CODEC = new JacksonCodec<>(TypeRef.of(City.class));

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private CityFile() {}

    /**
     * The cities of {@code file} under their keys, in the file's order.
     *
     * @throws IOException when the file cannot be read, is not such an array, names a place twice, or is written in another
     *     way than {@link #toBytes} would: then equal bytes in the cache would not mean equal bytes in the file
     */
    static Map<String, City> read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<City> list = parse(file, bytes);
        Map<String, City> cities = new LinkedHashMap<>();
        for (City city : list) {
            if (cities.put(city.key(), city) != null) {
                throw new IOException(file + " has " + city.key() + " twice: expected each place once");
            }
        }
        if (!Arrays.equals(toBytes(cities.values()), withoutLastNewline(bytes))) {
            throw new IOException(
                    file + " is not written as expected: one line, no spaces between members, and each place"
                            + " with name, lat, lng, country, admin1 and admin2 in this order");
        }
        return Collections.unmodifiableMap(cities);
    }

    /** The file that holds {@code cities}, without a newline at its end. */
    static byte[] toBytes(Collection<City> cities) {
        return MAPPER.writeValueAsBytes(cities);
    }

    private static List<City> parse(Path file, byte[] bytes) throws IOException {
        try {
            return List.of(MAPPER.readValue(bytes, City[].class));
        } catch (JacksonException e) {
            throw new IOException(file + " is not a JSON array of cities: " + e.getOriginalMessage(), e);
        }
    }

    private static byte[] withoutLastNewline(byte[] bytes) {
        return bytes.length > 0 && bytes[bytes.length - 1] == '\n' ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }
}
