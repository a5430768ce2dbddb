package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfigException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the face promises and the engine does not do yet is refused in words, never silently left out. */
abstract class NotYetContract extends TierContract {
    @TestFactory
    Stream<DynamicTest> aPolicyThatIsNotBuiltYetIsRefused() {
        Map<String, Runnable> policies = new LinkedHashMap<>();
        policies.put("slidingTtl", () -> texts("e").slidingTtl(LIFE).open());
        return refused(policies);
    }

    @TestFactory
    Stream<DynamicTest> aCallThatIsNotBuiltYetIsRefused() {
        Cache<String, String> cache = openTexts("t");
        cache.put("k", "value");
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("remove", () -> cache.remove("k"));
        calls.put("writing", () -> write(cache));
        return refused(calls);
    }

    private static void write(Cache<String, String> cache) {
        try {
            cache.writing("k", () -> {
                throw new AssertionError("the change must not run");
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<DynamicTest> refused(Map<String, Runnable> calls) {
        return calls.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(
                        call.getKey(),
                        () -> assertThatThrownBy(() -> call.getValue().run())
                                .isInstanceOfAny(UnsupportedOperationException.class, CacheConfigException.class)
                                .hasMessageContaining("not yet")));
    }
}
