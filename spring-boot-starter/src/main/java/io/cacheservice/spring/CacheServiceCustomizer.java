package io.cacheservice.spring;

import io.cacheservice.CacheServiceBuilder;

/** A bean that changes how the service is opened: its clock, its executor, the context it carries to loaders. */
@FunctionalInterface
public interface CacheServiceCustomizer {
    /** Called once, before the service is opened, after the settings are in. */
    void customize(CacheServiceBuilder builder);
}
