package io.cacheservice.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheClosedException;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheService;
import io.cacheservice.TypeRef;
import io.cacheservice.micrometer.CacheServiceMetrics;
import io.cacheservice.testkit.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.interceptor.CacheResolver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class CacheServiceAutoConfigurationTest {
    private static final User ADA = new User(1, "Ada");

    private final ApplicationContextRunner empty = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    CacheServiceAutoConfiguration.class,
                    CacheServiceHealthAutoConfiguration.class,
                    CacheAutoConfiguration.class));
    private final ApplicationContextRunner enabled = empty.withUserConfiguration(Enabled.class);
    private final ApplicationContextRunner runner = enabled.withUserConfiguration(Program.class);

    @Test
    void annotatedMethodsAreCachedWithoutASetting() {
        runner.run(context -> {
            UserDirectory directory = context.getBean(UserDirectory.class);
            directory.save(ADA);
            assertThat(directory.find(1)).isEqualTo(ADA);
            assertThat(directory.queries()).isEqualTo(0);

            directory.remove(1);
            assertThat(directory.find(1)).isNull();
            assertThat(directory.findOptional(1)).as("the null is remembered").isEmpty();
            assertThat(directory.queries()).isEqualTo(1);
            assertThat(context.getBean(CacheManager.class).getCacheNames())
                    .containsExactlyInAnyOrder("users", "users-by-name");
        });
    }

    @Test
    void whereCachingIsNotEnabledThereIsTheServiceAlone() {
        empty.run(context -> assertThat(context)
                .hasSingleBean(CacheService.class)
                .doesNotHaveBean(CacheManager.class)
                .doesNotHaveBean(CacheAutoConfiguration.class));
    }

    @Test
    void itCanBeSwitchedOff() {
        empty.withPropertyValues("cache-service.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(CacheService.class));
    }

    @Test
    void aCacheManagerOfTheProgramWins() {
        runner.withBean(CacheManager.class, ConcurrentMapCacheManager::new)
                .run(context -> assertThat(context)
                        .hasSingleBean(CacheManager.class)
                        .hasSingleBean(CacheService.class)
                        .doesNotHaveBean(CacheServiceCacheManager.class));
    }

    @Test
    void aCacheResolverOfTheProgramWins() {
        enabled.withUserConfiguration(Resolving.class)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CacheManager.class));
    }

    @Test
    void aCacheTypeThatIsChosenWins() {
        runner.withPropertyValues("spring.cache.type=simple")
                .run(context -> assertThat(context)
                        .hasSingleBean(ConcurrentMapCacheManager.class)
                        .doesNotHaveBean(CacheServiceCacheManager.class));
    }

    @Test
    void aServiceOfTheProgramIsUsed() {
        CacheService own = CacheService.open(CacheConfig.builder().build());
        runner.withBean("cacheService", CacheService.class, () -> own).run(context -> {
            assertThat(context).hasSingleBean(CacheService.class).doesNotHaveBean(CacheConfig.class);
            context.getBean(UserDirectory.class).save(ADA);
            assertThat(own.stats().caches().get("users")).isNotNull();
        });
    }

    @Test
    void aConfigurationOfTheProgramIsUsed() {
        CacheConfig own = CacheConfig.builder().keyPrefix("own:").build();
        empty.withBean(CacheConfig.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(CacheService.class).config()).isSameAs(own));
    }

    @Test
    void anUnknownPropertyStopsTheStart() {
        empty.withPropertyValues("cache-service.max-stalenes=1s")
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("cache-service.max-stalenes"));
        empty.withPropertyValues("cache-service.caches.users.tll=1s")
                .run(context ->
                        assertThat(context).getFailure().hasStackTraceContaining("cache-service.caches.users.tll"));
    }

    @Test
    void aWrongSettingStopsTheStartWithItsRemedyAsTheDescription() {
        empty.withPropertyValues("cache-service.pool-size=0").run(context -> {
            Throwable failure = Objects.requireNonNull(context.getStartupFailure());
            assertThat(failure).rootCause().isInstanceOf(CacheConfigException.class);
            assertThat(new CacheConfigFailureAnalyzer().analyze(failure))
                    .satisfies(analysis -> assertThat(analysis.getDescription())
                            .contains("poolSize", "property cache-service.pool-size", "1 to 64"));
        });
    }

    @Test
    void whatIsWrongWithACacheStopsTheStart() {
        runner.withPropertyValues("cache-service.caches.users.tiers=both")
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("users"));
        runner.withBean(AlsoUsers.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(CacheConfigException.class)
                        .hasMessageContainingAll("'users'", "AlsoUsers.name", "java.lang.String"));
    }

    @Test
    void aTypeCanBeSaidByABean() {
        runner.withBean(AlsoUsers.class)
                .withBean(CacheValueType.class, () -> new CacheValueType("users", TypeRef.of(User.class)))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void policiesAndCustomizersAct() {
        ManualTime time = new ManualTime();
        List<String> customized = new ArrayList<>();
        runner.withBean(CacheServiceCustomizer.class, () -> builder -> builder.time(time))
                .withBean(CacheCustomizer.class, () -> (name, builder) -> customized.add(name))
                .withBean(
                        "others", CacheManagerCustomizer.class, () -> (CacheManagerCustomizer<CacheServiceCacheManager>)
                                manager -> customized.add(manager.getClass().getSimpleName()))
                .withPropertyValues(
                        "cache-service.caches.users.ttl=10m",
                        "cache-service.caches.users.null-ttl=1m",
                        "spring.cache.cache-names=reports")
                .run(context -> {
                    assertThat(customized)
                            .containsExactlyInAnyOrder("CacheServiceCacheManager", "users", "users-by-name");
                    assertThat(context.getBean(CacheManager.class).getCacheNames())
                            .contains("reports");
                    UserDirectory directory = context.getBean(UserDirectory.class);
                    directory.save(ADA);
                    directory.find(2);
                    time.advance(Duration.ofMinutes(2));
                    directory.find(1);
                    assertThat(directory.queries()).isEqualTo(1);
                    directory.find(2);
                    assertThat(directory.queries())
                            .as("the null's life is over")
                            .isEqualTo(2);
                    time.advance(Duration.ofMinutes(9));
                    directory.find(1);
                    assertThat(directory.queries()).isEqualTo(3);
                });
    }

    @Test
    void aCacheOfUnknownTypeIsRefusedAtItsFirstUse() {
        runner.run(context -> {
            Cache cache = cache(context.getBean(CacheManager.class), "reports");
            assertThatThrownBy(() -> cache.get("1"))
                    .isInstanceOf(CacheConfigException.class)
                    .hasMessageContaining("cache-service.caches.reports.type");
        });
    }

    @Test
    void transactionsAreHeededWhereThereAreAny() {
        enabled.run(context ->
                assertThat(cache(context.getBean(CacheManager.class), "users")).isInstanceOf(TransactionalCache.class));
        enabled.withPropertyValues("cache-service.transaction-aware=false")
                .run(context -> assertThat(cache(context.getBean(CacheManager.class), "users"))
                        .isInstanceOf(CacheServiceCache.class));
        enabled.withClassLoader(new FilteredClassLoader("org.springframework.transaction"))
                .run(context -> assertThat(cache(context.getBean(CacheManager.class), "users"))
                        .isInstanceOf(CacheServiceCache.class));
    }

    @Test
    void itsMetersAreABeanWhereTheirModuleIs() {
        runner.run(context -> {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            context.getBean(CacheServiceMetrics.class).bindTo(registry);
            assertThat(registry.get("cache.gets").tag("cache", "users").functionCounters())
                    .isNotEmpty();
        });
        enabled.withClassLoader(new FilteredClassLoader("io.cacheservice.micrometer", "io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("cacheServiceMetrics"));
    }

    @Test
    void itsHealthIsABeanThatCanBeSwitchedOff() {
        runner.run(context ->
                assertThat(status(context.getBean(HealthIndicator.class))).isEqualTo(Status.UP));
        runner.withPropertyValues("management.health.cache-service.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
    }

    @Test
    void theServiceEndsWithTheContext() {
        List<CacheService> opened = new ArrayList<>();
        runner.run(context -> opened.add(context.getBean(CacheService.class)));

        assertThatThrownBy(() -> opened.get(0).get("key")).isInstanceOf(CacheClosedException.class);
    }

    private static Cache cache(CacheManager manager, String name) {
        return Objects.requireNonNull(manager.getCache(name));
    }

    private static @Nullable Status status(HealthIndicator indicator) {
        Health health = indicator.health();
        return health == null ? null : health.getStatus();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Enabled {}

    @Configuration(proxyBeanMethods = false)
    static class Resolving implements CachingConfigurer {
        @Bean
        @Override
        public CacheResolver cacheResolver() {
            return context -> List.of();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Program {
        @Bean
        UserDirectory directory() {
            return new UserDirectory();
        }
    }

    static class AlsoUsers {
        @Cacheable("users")
        public String name(long id) {
            return "";
        }
    }
}
