package io.cacheservice.testkit.contract;

/** Nulls where the types forbid them, as callers without null checking pass them. */
final class Nulls {
    private Nulls() {}

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // the point of it
    static <T> T smuggled() {
        return null;
    }
}
