package io.cacheservice.spring;

import io.cacheservice.CacheService;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * The health of the {@link CacheService}, where the program shows health. A class of its own, since Spring reads the
 * conditions of a class only where it has what they name.
 */
@AutoConfiguration(after = CacheServiceAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(CacheService.class)
@ConditionalOnEnabledHealthIndicator("cache-service")
public final class CacheServiceHealthAutoConfiguration {
    CacheServiceHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "cacheServiceHealthIndicator")
    CacheServiceHealthIndicator cacheServiceHealthIndicator(CacheService service) {
        return new CacheServiceHealthIndicator(service);
    }
}
