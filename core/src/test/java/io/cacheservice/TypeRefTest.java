package io.cacheservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypeRefTest {
    @Test
    void aTypeThatReflectionFoundIsTheSameAsOneThatIsWritten() throws Exception {
        Type returned = TypeRefTest.class.getDeclaredMethod("names").getGenericReturnType();

        assertThat(TypeRef.of(returned))
                .isEqualTo(new TypeRef<List<String>>() {})
                .hasToString("java.util.List<java.lang.String>");
        assertThat(TypeRef.of((Type) String.class)).isEqualTo(TypeRef.of(String.class));
    }

    static List<String> names() {
        return List.of();
    }
}
