package io.cacheservice.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.testkit.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The shop twice, as two processes would run it, each with a database of its own, over one Redis. */
final class ShopTest {
    private static final String LOGGING = "org.springframework.boot.logging.LoggingSystem";

    private static RedisServer redis;
    private static ConfigurableApplicationContext shop;
    private static ConfigurableApplicationContext branch;
    private static Products products;

    @BeforeAll
    static void open() {
        System.setProperty(LOGGING, "none"); // it would set up logging anew for the whole JVM
        redis = RedisServer.start();
        shop = start(redis);
        branch = start(redis);
        products = shop.getBean(Products.class);
    }

    @AfterAll
    static void close() {
        branch.close();
        shop.close();
        redis.close();
        System.clearProperty(LOGGING);
    }

    private static ConfigurableApplicationContext start(RedisServer redis) {
        return new SpringApplicationBuilder(Shop.class)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.datasource.generate-unique-name=true",
                        "spring.data.redis.url=" + redis.url(),
                        "cache-service.read-timeout=20s",
                        "cache-service.write-timeout=20s")
                .run();
    }

    @Test
    void theLessonIsOneQuery() {
        assertThat(products.find(1)).isEqualTo(new Product(1, "tea", "Assam", 500));
        assertThat(redis.command("EXISTS", "cache:products:~long:1")).isEqualTo(1L);
    }

    @Test
    void whatOneProcessHasCommittedTheOtherReads() {
        Product sencha = products.add(new Product(2, "tea", "Sencha", 700));
        Products ofBranch = branch.getBean(Products.class);
        int queries = ofBranch.queries();

        Awaitility.await().untilAsserted(() -> assertThat(ofBranch.find(2)).isEqualTo(sencha));
        assertThat(ofBranch.queries())
                .as("from Redis: the branch has no such row")
                .isEqualTo(queries);

        products.reprice(2, 800);
        Awaitility.await().untilAsserted(() -> assertThat(ofBranch.find(2)).isNotEqualTo(sencha));
    }

    @Test
    void aRollbackLeavesTheCacheAsItWas() {
        Product darjeeling = products.add(new Product(3, "tea", "Darjeeling", 900));
        int queries = products.queries();

        assertThatThrownBy(() -> products.reprice(3, -1)).isInstanceOf(IllegalArgumentException.class);

        assertThat(products.find(3)).isEqualTo(darjeeling);
        assertThat(products.queries()).isEqualTo(queries);
    }

    @Test
    void aListIsEvictedWhenItsCategoryGrows() {
        assertThat(products.inCategory("coffee")).isEmpty();
        Product yirgacheffe = products.add(new Product(4, "coffee", "Yirgacheffe", 1200));

        assertThat(products.inCategory("coffee")).containsExactly(yirgacheffe);
    }
}
