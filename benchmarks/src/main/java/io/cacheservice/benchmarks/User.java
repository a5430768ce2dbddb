package io.cacheservice.benchmarks;

/** The value that typed caches hold. */
record User(long id, String name, String email) {
    static User number(int id) {
        return new User(id, "user " + id, "user" + id + "@example.org");
    }
}
