package io.cacheservice.spring;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.CacheServiceBuilder;
import io.cacheservice.TypeRef;
import io.cacheservice.micrometer.CacheServiceMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizers;
import org.springframework.boot.cache.autoconfigure.CacheProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Opens a {@link CacheService} as the properties say, and makes it Spring's {@link CacheManager} where caching is enabled, the
 * program has none of its own and {@code spring.cache.type} chooses none. Meters come with it where the program has what they
 * need. A bean of {@link CacheConfig} or {@link CacheService} replaces the one made here.
 */
@AutoConfiguration(before = CacheAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = CacheServiceProperties.PREFIX + ".enabled", matchIfMissing = true)
@EnableConfigurationProperties(CacheServiceProperties.class)
public final class CacheServiceAutoConfiguration {
    CacheServiceAutoConfiguration() {}

    // The names of the beans are unlike those of users, who often have a cacheService.

    @Bean("io.cacheservice.CacheConfig")
    @ConditionalOnMissingBean({CacheConfig.class, CacheService.class})
    CacheConfig config(CacheServiceProperties properties, Environment environment) {
        CacheConfig.Builder settings = CacheConfig.builder();
        if (!properties.nameRedis()) {
            SpringDataRedis.of(environment).putInto(settings);
        }
        properties.putInto(settings);
        return settings.build();
    }

    @Bean("io.cacheservice.CacheService")
    @ConditionalOnMissingBean
    CacheService service(CacheConfig config, ObjectProvider<CacheServiceCustomizer> customizers) {
        CacheServiceBuilder builder = CacheService.builder().config(config);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.open();
    }

    /** Spring's cache abstraction. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(CacheAspectSupport.class)
    @ConditionalOnMissingBean(value = CacheManager.class, name = "cacheResolver")
    @Conditional(NoCacheTypeChosen.class)
    @EnableConfigurationProperties(CacheProperties.class)
    static class CacheManagerConfiguration {
        private static final String TRANSACTIONS =
                "org.springframework.transaction.support.TransactionSynchronizationManager";

        @Bean
        CacheServiceCacheManager cacheManager(
                CacheService service,
                CacheServiceProperties properties,
                CacheProperties springs,
                ConfigurableListableBeanFactory beans,
                ObjectProvider<CacheValueType> declared,
                ObjectProvider<CacheCustomizer> customizers,
                ObjectProvider<CacheManagerCustomizer<?>> managerCustomizers) {
            ValueTypes types = new ValueTypes(declaredTypes(properties, declared), new CachedMethods(beans)::find);
            CacheOpener opener = new CacheOpener(
                    service,
                    types,
                    properties.caches(),
                    customizers.orderedStream().toList());
            Set<String> names = new LinkedHashSet<>(springs.getCacheNames());
            names.addAll(properties.caches().keySet());
            CacheServiceCacheManager manager = new CacheServiceCacheManager(
                    opener, types, names, decoration(properties, beans.getBeanClassLoader()));
            return new CacheManagerCustomizers(
                            managerCustomizers.orderedStream().toList())
                    .customize(manager);
        }

        private static Map<String, TypeRef<?>> declaredTypes(
                CacheServiceProperties properties, ObjectProvider<CacheValueType> declared) {
            Map<String, TypeRef<?>> types = new LinkedHashMap<>();
            declared.forEach(one -> types.put(one.cache(), one.type()));
            properties.caches().forEach((name, policy) -> {
                if (policy.type() != null) {
                    types.put(name, TypeRef.of(policy.type()));
                }
            });
            return types;
        }

        private static UnaryOperator<Cache> decoration(
                CacheServiceProperties properties, @Nullable ClassLoader classes) {
            return properties.transactionAware() && ClassUtils.isPresent(TRANSACTIONS, classes)
                    ? TransactionalCache::new
                    : UnaryOperator.identity();
        }
    }

    /** Meters. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({CacheServiceMetrics.class, MeterBinder.class})
    static class MetersConfiguration {
        @Bean("io.cacheservice.micrometer.CacheServiceMetrics")
        @ConditionalOnMissingBean
        CacheServiceMetrics metrics(CacheService service) {
            return new CacheServiceMetrics(service);
        }
    }

    static final class NoCacheTypeChosen extends NoneNestedConditions {
        NoCacheTypeChosen() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty("spring.cache.type")
        static final class Chosen {}
    }
}
