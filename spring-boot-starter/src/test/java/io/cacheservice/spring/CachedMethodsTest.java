package io.cacheservice.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfigException;
import io.cacheservice.TypeRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.cache.annotation.CacheConfig;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;

class CachedMethodsTest {
    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    private final ValueTypes types = new ValueTypes(Map.of(), new CachedMethods(beans)::find);

    @Test
    void aCacheHoldsWhatItsMethodsReturn() {
        define(Users.class);

        assertThat(types.of("users")).isEqualTo(TypeRef.of(User.class));
        assertThat(types.of("users-by-name")).hasToString("java.util.List<" + User.class.getTypeName() + ">");
        assertThat(types.cacheNames()).containsExactly("users", "users-by-name");
    }

    @Test
    void beansThatAreNotThereYetAreLookedAtAndNotCreated() {
        RootBeanDefinition lazy = new RootBeanDefinition(Users.class, () -> {
            throw new AssertionError("created");
        });
        beans.registerBeanDefinition("lazy", lazy);

        assertThat(types.of("users")).isEqualTo(TypeRef.of(User.class));
    }

    @Test
    void aBeanThatIsThereTellsMoreThanItsDeclaration() {
        beans.registerSingleton("hidden", (Object) new Users());

        assertThat(types.of("users")).isEqualTo(TypeRef.of(User.class));
    }

    @Test
    void annotationsOnAnInterfaceCount() {
        define(OrdersImplementation.class);

        assertThat(types.of("orders")).isEqualTo(TypeRef.of(String.class));
    }

    @Test
    void methodsThatReturnDifferentTypesAreNamed() {
        define(Users.class);
        define(Others.class);

        assertThatThrownBy(() -> types.of("users"))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContainingAll(
                        "'users'", User.class.getName(), "Users.find", "java.lang.String", "Others.name", "users.type");
    }

    @Test
    void whatIsDeclaredIsNotContradictedByMethods() {
        define(Users.class);
        define(Others.class);
        ValueTypes declared = new ValueTypes(Map.of("users", TypeRef.of(Object.class)), new CachedMethods(beans)::find);

        assertThat(declared.of("users")).isEqualTo(TypeRef.of(Object.class));
    }

    @Test
    void aCacheWhoseMethodsDoNotTellIsRefusedWithARemedy() {
        define(Others.class);

        assertThatThrownBy(() -> types.of("anything"))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContainingAll("'anything'", "cache-service.caches.anything.type", "CacheValueType");
        assertThatThrownBy(() -> types.of("evicted")).isInstanceOf(CacheConfigException.class);
    }

    private void define(Class<?> type) {
        beans.registerBeanDefinition(type.getSimpleName(), new RootBeanDefinition(type));
    }

    @CacheConfig(cacheNames = "users")
    static class Users {
        @Cacheable
        public Optional<User> find(long id) {
            return Optional.empty();
        }

        @CachePut(key = "#user.id")
        public User save(User user) {
            return user;
        }

        @Cacheable("users-by-name")
        public List<User> named(String name) {
            return List.of();
        }
    }

    static class Others {
        @Cacheable("users")
        public String name(long id) {
            return "";
        }

        @Cacheable("anything")
        public Object anything() {
            return "";
        }

        @CacheEvict("evicted")
        public String evict() {
            return "";
        }
    }

    interface Orders {
        @Cacheable("orders")
        String find(long id);
    }

    static class OrdersImplementation implements Orders {
        @Override
        public String find(long id) {
            return "";
        }
    }
}
