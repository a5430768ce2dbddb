package io.cacheservice.examples;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.KeyCodec;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Lesson: values carry tags, and one call invalidates all that carry one, here all of a tenant. */
public final class TagsPerTenant {
    record Invoice(long id, String tenant, int cents) {}

    private TagsPerTenant() {}

    /** Runs the lesson and says what happened. */
    public static void main(String[] args) {
        System.out.println(run());
    }

    static String run() {
        AtomicInteger queries = new AtomicInteger();
        try (CacheService service =
                CacheService.open(CacheConfig.builder().maxMemory(64 << 20).build())) {
            Cache<Long, Invoice> invoices = service.cache("invoices", KeyCodec.longs(), Invoice.class)
                    .ttl(Duration.ofHours(1))
                    .loader(id -> new Invoice(id, id < 100 ? "acme" : "globex", queries.incrementAndGet()))
                    .tags((id, invoice) -> Set.of("tenant:" + invoice.tenant()))
                    .open();
            invoices.get(1L);
            invoices.get(200L);

            invoices.invalidateTag("tenant:acme");

            return "acme kept: " + (invoices.getIfPresent(1L) != null) + ", globex kept: "
                    + (invoices.getIfPresent(200L) != null) + ", loaded anew: " + invoices.get(1L);
        }
    }
}
