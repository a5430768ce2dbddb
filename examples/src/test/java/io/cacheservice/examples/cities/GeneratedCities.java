package io.cacheservice.examples.cities;

import java.util.LinkedHashMap;
import java.util.Map;

/** Made-up places, some with names that JSON or a careless key would get wrong. */
final class GeneratedCities {
    private static final String[] NAMES = {
        "Lyon",
        "Ōsaka",
        "L'Aquila",
        "Saint \"Quoted\"",
        "Back\\slash",
        "a/b",
        "",
        "東京",
        "Emoji 🏙",
        "tab\tand\nline",
        "%2F;?&=+"
    };

    private GeneratedCities() {}

    static Map<String, City> of(int count) {
        Map<String, City> cities = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            City city = new City(
                    NAMES[i % NAMES.length],
                    i + ".5",
                    "-" + i % 180 + ".25",
                    i % 2 == 0 ? "FR" : "JP",
                    "0" + i % 7,
                    i % 3 == 0 ? "" : "x" + i);
            cities.put(city.key(), city);
        }
        return cities;
    }
}
