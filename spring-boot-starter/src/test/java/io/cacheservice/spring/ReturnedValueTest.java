package io.cacheservice.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class ReturnedValueTest {
    private static final String USER = User.class.getTypeName();

    @Test
    void aPlainClassIsStoredAsItIs() {
        assertThat(stored("plain")).isEqualTo(User.class);
        assertThat(stored("primitive")).isEqualTo(Long.class);
        assertThat(stored("array")).isEqualTo(User[].class);
    }

    @Test
    void whatIsAroundAValueIsNotStored() {
        assertThat(stored("optional")).isEqualTo(User.class);
        assertThat(stored("future")).isEqualTo(User.class);
        assertThat(stored("mono")).isEqualTo(User.class);
    }

    @Test
    void aStreamIsStoredAsAList() {
        assertThat(named("flux")).isEqualTo("java.util.List<" + USER + ">");
    }

    @Test
    void parametersOfATypeAreKept() {
        assertThat(named("list")).isEqualTo("java.util.List<" + USER + ">");
        assertThat(named("nested")).isEqualTo("java.util.Map<java.lang.String, java.util.List<" + USER + ">>");
        assertThat(named("bounded")).isEqualTo("java.util.List<" + USER + ">");
        assertThat(named("objects")).isEqualTo("java.util.Map<java.lang.String, java.lang.Object>");
    }

    @Test
    void aTypeVariableIsWhatTheClassOfTheBeanMakesOfIt() {
        assertThat(stored(UserStore.class, "generic")).isEqualTo(User.class);
        assertThat(String.valueOf(stored(UserStore.class, "generics"))).contains("List<" + USER + ">");
    }

    @Test
    void aDeclarationThatDoesNotSayIsUnknown() {
        assertThat(stored("object")).isNull();
        assertThat(stored("nothing")).isNull();
        assertThat(stored("anything")).isNull();
        assertThat(stored(Store.class, "generic")).isNull();
        assertThat(stored(Store.class, "generics")).isNull();
    }

    private static @Nullable Type stored(String method) {
        return stored(Methods.class, method);
    }

    private static String named(String method) {
        Type type = stored(method);
        return type == null ? "" : type.getTypeName();
    }

    private static @Nullable Type stored(Class<?> target, String name) {
        Method method = Arrays.stream(target.getMethods())
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return ReturnedValue.typeOf(method, target);
    }

    record User(String name) {}

    interface Store<T> {
        T generic();

        List<T> generics();
    }

    interface UserStore extends Store<User> {}

    interface Methods {
        User plain();

        long primitive();

        User[] array();

        Optional<User> optional();

        CompletableFuture<User> future();

        Mono<User> mono();

        Flux<User> flux();

        List<User> list();

        Map<String, List<User>> nested();

        List<? extends User> bounded();

        Map<String, Object> objects();

        Object object();

        void nothing();

        Optional<?> anything();
    }
}
