package io.cacheservice.testkit.contract;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.CacheServiceBuilder;
import io.cacheservice.Tier;
import java.time.Duration;
import java.util.function.Consumer;

/** A tier under test, empty at the start of each test: opens services on it and moves its clock. */
public interface TierFixture extends AutoCloseable {
    /** The tier that answers reads here. */
    Tier tier();

    /**
     * Opens a service on this tier. {@link #close()} closes it.
     *
     * @param settings what the test sets; the fixture adds where the tier is
     * @param seams what the test injects, called after the fixture has injected its clock
     */
    CacheService open(CacheConfig.Builder settings, Consumer<CacheServiceBuilder> seams);

    /** Lets {@code duration} pass for every entry of every service opened here. */
    void advance(Duration duration);

    /**
     * How much time may pass unasked during a test: zero where time stands still between moves. An entry may be younger
     * or its remaining life longer than computed by at most one millisecond, and older or shorter by this much.
     */
    Duration clockTolerance();

    /** Whether the tier keeps bytes and decodes them at each read; else it keeps the decoded object. */
    boolean decodesOnRead();

    /** Closes every service opened here. */
    @Override
    void close();
}
