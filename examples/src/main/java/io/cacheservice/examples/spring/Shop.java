package io.cacheservice.examples.spring;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;

// region program
/**
 * Lesson: Spring's annotations over Cache Service. Without a Redis in its properties everything is kept in this process; with
 * {@code --spring.data.redis.url=redis://...} it is shared.
 */
@SpringBootApplication
@EnableCaching
public class Shop {
    public static void main(String[] args) {
        SpringApplication.run(Shop.class, args);
    }
    // endregion

    @Bean
    CommandLineRunner lesson(Products products) {
        return arguments -> System.out.println(run(products));
    }

    static String run(Products products) {
        products.add(new Product(1, "tea", "Assam", 450));
        products.find(1); // comes from the cache, where add has put it
        products.reprice(1, 500);
        products.find(1);
        products.find(1);
        return products.find(1) + " with " + products.queries() + " query";
    }
}
