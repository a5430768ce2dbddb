package io.cacheservice.examples.cities;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A place as the file has it, all of it text.
 *
 * @param country ISO 3166-1 alpha-2 code
 * @param admin1 code of the first administrative division; may be empty
 * @param admin2 code of the second; may be empty
 */
@JsonPropertyOrder({"name", "lat", "lng", "country", "admin1", "admin2"})
record City(String name, String lat, String lng, String country, String admin1, String admin2) {
    /** Names this place alone: some names occur many times in one country. */
    String key() {
        return country + "/" + name + "/" + lat + "," + lng;
    }
}
