package io.cacheservice.server.demo;

import java.util.List;

/** A city and up to five others near it. */
record City(String name, String country, String region, double latitude, double longitude, List<String> nearby) {
    /** Copies the list. */
    City {
        nearby = List.copyOf(nearby);
    }
}
