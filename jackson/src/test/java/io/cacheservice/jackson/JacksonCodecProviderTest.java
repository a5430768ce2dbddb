package io.cacheservice.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.TypeRef;
import io.cacheservice.spi.ValueCodecProvider;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class JacksonCodecProviderTest {
    record User(String id) {}

    @Test
    void itIsFoundByBeingOnTheClassPath() {
        assertThat(ServiceLoader.load(ValueCodecProvider.class)).hasOnlyElementsOfType(JacksonCodecProvider.class);
    }

    @Test
    void itKnowsRecordsAndTypesWithParameters() {
        JacksonCodecProvider provider = new JacksonCodecProvider();

        assertThat(provider.codecFor(TypeRef.of(User.class))).containsInstanceOf(JacksonCodec.class);
        assertThat(provider.codecFor(new TypeRef<List<User>>() {})).containsInstanceOf(JacksonCodec.class);
    }

    @Test
    void objectSaysNothingAboutWhatToRead() {
        assertThat(new JacksonCodecProvider().codecFor(TypeRef.of(Object.class)))
                .isEmpty();
    }
}
