package io.cacheservice.examples.snippets;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import java.math.BigDecimal;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Values whose shape changes while old entries of them are in Redis. */
final class Evolution {
    private Evolution() {}

    // region shapes
    /** As the last version of the program has cached it, with schema 1. */
    record OldAccount(String owner, int cents) {}

    /** Today: schema 2. */
    record Account(String owner, BigDecimal balance, String currency) {}
    // endregion

    static String inTypes(String redisUrl) {
        try (CacheService service = open(redisUrl)) {
            // region migrate
            Cache<String, Account> accounts = service.cache("accounts", Account.class)
                    .schema(2)
                    .migrate(1, OldAccount.class, old -> new Account(old.owner(), euros(old.cents()), "EUR"))
                    .loader(Evolution::find)
                    .open();
            Account ada = accounts.get("ada"); // of the entry that the old version wrote; the source is not asked
            long migrated = accounts.stats().migrated();
            // endregion
            return Objects.requireNonNull(ada).balance() + " " + ada.currency() + " " + migrated;
        }
    }

    static String inTrees(String redisUrl) {
        try (CacheService service = open(redisUrl)) {
            // region tree
            Cache<String, Account> accounts = service.cache("accounts", Account.class)
                    .schema(2)
                    .migrate(
                            1,
                            JsonNode.class,
                            json -> new Account(
                                    json.path("owner").stringValue(),
                                    euros(json.path("cents").intValue()),
                                    "EUR"))
                    .open();
            // endregion
            return String.valueOf(accounts.get("ada"));
        }
    }

    static void oldVersionThatReadsTheNewShape(String redisUrl) {
        try (CacheService service = open(redisUrl)) {
            // region ready
            Cache<String, OldAccount> accounts = service.cache("accounts", OldAccount.class)
                    .schema(1)
                    .migrate(2, Account.class, next -> new OldAccount(next.owner(), cents(next.balance())))
                    .open();
            // endregion
            accounts.put("ada", new OldAccount("Ada", 1250));
        }
    }

    private static BigDecimal euros(int cents) {
        return BigDecimal.valueOf(cents, 2);
    }

    private static int cents(BigDecimal euros) {
        return euros.movePointRight(2).intValueExact();
    }

    private static Account find(String id) {
        throw new IllegalStateException("the database was asked for " + id);
    }

    private static CacheService open(String redisUrl) {
        return CacheService.open(CacheConfig.builder().url(redisUrl).build());
    }
}
