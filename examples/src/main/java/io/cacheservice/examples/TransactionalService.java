package io.cacheservice.examples;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.KeyCodec;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lesson: a service that changes a row puts {@code writing} around its transaction, never inside: until the commit nobody
 * fills the cache with the row from before, and after it, or after a rollback, the entry is gone.
 */
public final class TransactionalService {
    record Account(long id, int cents) {}

    private final Map<Long, Account> table = new ConcurrentHashMap<>();
    private final Cache<Long, Account> accounts;

    TransactionalService(CacheService service) {
        table.put(1L, new Account(1, 100));
        accounts = service.cache("accounts", KeyCodec.longs(), Account.class)
                .ttl(Duration.ofMinutes(10))
                .loader(table::get)
                .open();
    }

    int balance(long id) {
        Account account = accounts.get(id);
        if (account == null) {
            throw new IllegalArgumentException("no account " + id);
        }
        return account.cents();
    }

    Account deposit(long id, int cents) throws Exception {
        return accounts.writing(id, () -> inTransaction(id, cents));
    }

    private Account inTransaction(long id, int cents) {
        return table.merge(id, new Account(id, cents), (old, added) -> new Account(id, old.cents() + added.cents()));
    }

    /** Runs the lesson and says what happened. */
    public static void main(String[] args) throws Exception {
        System.out.println(run());
    }

    static String run() throws Exception {
        try (CacheService service =
                CacheService.open(CacheConfig.builder().maxMemory(64 << 20).build())) {
            TransactionalService bank = new TransactionalService(service);
            int before = bank.balance(1);
            bank.deposit(1, 50);
            return before + " -> " + bank.balance(1);
        }
    }
}
