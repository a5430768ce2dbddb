package io.cacheservice.examples.spring;

// region record
/** What the shop sells. Immutable: all readers in this process share one object. */
public record Product(long id, String category, String name, int cents) {}
// endregion
