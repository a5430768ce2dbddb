package io.cacheservice.examples.snippets;

// region record
/** A value: immutable, since all readers in this process share one object. */
public record City(String name, String country, int population) {}
// endregion
