package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheBuilder;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheService;
import io.cacheservice.EntryFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a cache may say of the shapes of its values. */
class CacheSchemaTest {
    private final CacheService service = CacheService.open(CacheConfig.builder().build());

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aNegativeSchemaIsRefused() {
        assertThatThrownBy(() -> names().schema(-1))
                .isInstanceOf(CacheConfigException.class)
                .hasMessage("cache 'names': schema -1 is refused: expected 0 to 2147483647");
        assertThatThrownBy(() -> names().migrate(-1, String.class, old -> old))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("a migration of schema -1 is refused: expected 0 to 2147483647");
    }

    @Test
    void oneSchemaHasOneMigration() {
        assertThatThrownBy(() ->
                        names().schema(2).migrate(1, String.class, old -> old).migrate(1, Long.class, String::valueOf))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("'names': a migration of schema 1 is refused: there is one already");
    }

    @Test
    void theOwnSchemaNeedsNoMigration() {
        assertThatThrownBy(() ->
                        names().schema(2).migrate(2, String.class, old -> old).open())
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("a migration of schema 2 is refused: it is the cache's own");
    }

    @Test
    void aMigrationOfATypeWithoutACodecIsRefused() {
        assertThatThrownBy(() -> names().migrate(2, Thread.class, Thread::getName))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("no codec for java.lang.Thread");
    }

    @Test
    void formatRawHasNoSchema() {
        assertThatThrownBy(() -> names().format(EntryFormat.RAW).schema(2).open())
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("schema and migrate need format FRAMED");
        assertThatThrownBy(() -> names().format(EntryFormat.RAW)
                        .migrate(2, String.class, old -> old)
                        .open())
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("schema and migrate need format FRAMED");
    }

    @Test
    void theSchemaAndTheSchemasThatAreReadArePartOfThePolicy() {
        Cache<String, String> names =
                names().schema(2).migrate(1, String.class, old -> old).open();

        assertThat(names().schema(2).migrate(1, String.class, old -> old).open())
                .isSameAs(names);
        assertThatThrownBy(() ->
                        names().schema(3).migrate(1, String.class, old -> old).open())
                .isInstanceOf(CacheConfigException.class);
        assertThatThrownBy(() -> names().schema(2).open()).isInstanceOf(CacheConfigException.class);
    }

    private CacheBuilder<String, String> names() {
        return service.cache("names", String.class);
    }
}
