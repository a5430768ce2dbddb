package io.cacheservice.examples.spring;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The table of products. */
@Repository
public class Products {
    private final JdbcClient database;
    private final AtomicInteger queries = new AtomicInteger();

    Products(JdbcClient database) {
        this.database = database;
        database.sql("create table product (id bigint primary key, category varchar, name varchar, cents int)")
                .update();
    }

    // region read
    /** The product, or null: that there is none is cached too. Of all who ask at once, one queries. */
    @Cacheable(cacheNames = "products", sync = true)
    public @Nullable Product find(long id) {
        queries.incrementAndGet();
        return database.sql("select * from product where id = ?")
                .param(id)
                .query(Product.class)
                .optional()
                .orElse(null);
    }

    /** A type of its own needs a cache of its own. */
    @Cacheable("products-by-category")
    public List<Product> inCategory(String category) {
        return database.sql("select * from product where category = ? order by id")
                .param(category)
                .query(Product.class)
                .list();
    }
    // endregion

    // region change
    /** After the commit, the new row is what the cache holds. */
    @Transactional
    @CachePut(cacheNames = "products", key = "#product.id()")
    @CacheEvict(cacheNames = "products-by-category", key = "#product.category()")
    public Product add(Product product) {
        database.sql("insert into product values (:id, :category, :name, :cents)")
                .paramSource(product)
                .update();
        return product;
    }

    /** After the commit, the old row is gone from every cache of every process; after a rollback nothing has changed. */
    @Transactional
    @CacheEvict(cacheNames = "products", key = "#id") // else the key is both arguments
    public void reprice(long id, int cents) {
        database.sql("update product set cents = ? where id = ?")
                .param(cents)
                .param(id)
                .update();
        if (cents < 0) {
            throw new IllegalArgumentException("a price below zero"); // rolls back
        }
    }
    // endregion

    /** How often {@link #find} asked the database. */
    public int queries() {
        return queries.get();
    }
}
