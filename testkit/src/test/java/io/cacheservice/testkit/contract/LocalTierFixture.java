package io.cacheservice.testkit.contract;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.CacheServiceBuilder;
import io.cacheservice.Tier;
import io.cacheservice.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The local tier alone, on a clock that stands still between moves. */
final class LocalTierFixture implements TierFixture {
    private final ManualTime time = new ManualTime();
    private final List<CacheService> opened = new ArrayList<>();

    @Override
    public Tier tier() {
        return Tier.LOCAL;
    }

    @Override
    public CacheService open(CacheConfig.Builder settings, Consumer<CacheServiceBuilder> seams) {
        CacheServiceBuilder builder =
                CacheService.builder().config(settings.build()).time(time);
        seams.accept(builder);
        CacheService service = builder.open();
        opened.add(service);
        return service;
    }

    @Override
    public void advance(Duration duration) {
        time.advance(duration);
    }

    @Override
    public Duration clockTolerance() {
        return Duration.ZERO;
    }

    @Override
    public boolean decodesOnRead() {
        return false;
    }

    @Override
    public void close() {
        opened.forEach(CacheService::close);
    }
}
