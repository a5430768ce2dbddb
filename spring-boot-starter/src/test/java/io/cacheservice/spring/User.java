package io.cacheservice.spring;

/** A value. */
record User(long id, String name) {}
