package io.cacheservice.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.cacheservice.CacheSerializationException;
import io.cacheservice.TypeRef;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

class JacksonCodecTest {
    record User(String id, @Nullable String name) {}

    record UserWithAge(String id, @Nullable String name, int age) {}

    record Named(String id, @JsonProperty(required = true) String name) {}

    record Times(Instant instant, LocalDate date, Duration duration, OffsetDateTime offset, ZonedDateTime zoned) {}

    record Amounts(BigDecimal price, double rate, long total, UUID id, List<byte[]> raw, Optional<String> note) {}

    record Node(List<Node> next) {}

    record Broken(String id, Map<String, String> names) {
        public String getName() {
            return Objects.requireNonNull(names.get(id), "no name yet");
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({@JsonSubTypes.Type(Circle.class), @JsonSubTypes.Type(Square.class)})
    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    private final JacksonCodec<User> users = new JacksonCodec<>(TypeRef.of(User.class));

    @Test
    void itIsEncodingTwoOfTheWireFormat() {
        assertThat(users.id()).isEqualTo(2);
        assertThat(users.schema()).isZero();
        assertThat(new JacksonCodec<>(TypeRef.of(User.class), 7).schema()).isEqualTo(7);
    }

    @Test
    void aRecordIsPlainJson() {
        assertThat(users.encode(new User("1", "Zoë"))).isEqualTo(json("{'id':'1','name':'Zoë'}"));
    }

    @Test
    void aRecordComesBackEqual() {
        assertThat(roundTrip(users, new User("1", "Zoë"))).isEqualTo(new User("1", "Zoë"));
        assertThat(roundTrip(users, new User("1", null))).isEqualTo(new User("1", null));
    }

    @Test
    void onlyTheGivenRangeIsRead() {
        byte[] framed = json("xxx{'id':'1','name':null}yyyy");

        assertThat(users.decode(framed, 3, framed.length - 7)).isEqualTo(new User("1", null));
    }

    @Test
    void theParametersOfATypeAreKept() {
        JacksonCodec<Map<String, List<User>>> teams = new JacksonCodec<>(new TypeRef<Map<String, List<User>>>() {});
        Map<String, List<User>> value = Map.of("blue", List.of(new User("1", "A"), new User("2", null)));

        assertThat(roundTrip(teams, value)).isEqualTo(value);
    }

    @Test
    void timesKeepTheirPrecisionOffsetAndZone() {
        Times times = new Times(
                Instant.parse("2026-11-22T10:15:30.123456789Z"),
                LocalDate.parse("2026-11-22"),
                Duration.ofSeconds(1, 5),
                OffsetDateTime.parse("2026-11-22T10:15:30+05:30"),
                ZonedDateTime.parse("2026-11-22T10:15:30+01:00[Europe/Vienna]"));

        assertThat(roundTrip(new JacksonCodec<>(TypeRef.of(Times.class)), times))
                .isEqualTo(times);
        assertThat(new String(new JacksonCodec<>(TypeRef.of(Times.class)).encode(times), UTF_8))
                .contains("\"2026-11-22T10:15:30.123456789Z\"");
    }

    @Test
    void numbersAndBytesKeepTheirValue() {
        Amounts amounts = new Amounts(
                new BigDecimal("12345678901234567890.10"),
                0.1,
                Long.MAX_VALUE,
                UUID.fromString("0191b1a0-0000-7000-8000-000000000001"),
                List.of(new byte[] {0, -1, 127}),
                Optional.empty());

        assertThat(roundTrip(new JacksonCodec<>(TypeRef.of(Amounts.class)), amounts))
                .usingRecursiveComparison()
                .isEqualTo(amounts);
    }

    @Test
    void namedSubtypesComeBackAsWhatTheyWere() {
        JacksonCodec<List<Shape>> shapes = new JacksonCodec<>(new TypeRef<List<Shape>>() {});
        List<Shape> value = List.of(new Circle(1), new Square(2));

        assertThat(roundTrip(shapes, value)).isEqualTo(value);
    }

    @Test
    void aPropertyAddedLaterIsIgnoredByOlderReaders() {
        assertThat(decode(users, "{'id':'1','name':'A','age':7,'more':{'x':[1]}}"))
                .isEqualTo(new User("1", "A"));
    }

    @Test
    void aPropertyThatOlderWritersDidNotHaveIsNull() {
        assertThat(decode(users, "{'id':'1'}")).isEqualTo(new User("1", null));
    }

    @Test
    void aMissingPrimitiveIsUndecodableAndNotZero() {
        JacksonCodec<UserWithAge> withAge = new JacksonCodec<>(TypeRef.of(UserWithAge.class));

        assertUndecodable(withAge, "{'id':'1','name':'A'}");
        assertUndecodable(withAge, "{'id':'1','name':'A','age':null}");
    }

    @Test
    void aMissingPropertyDeclaredRequiredIsUndecodable() {
        assertUndecodable(new JacksonCodec<>(TypeRef.of(Named.class)), "{'id':'1'}");
    }

    @Test
    void bytesThatAreNoValueAreUndecodable() {
        for (String text :
                List.of("", "{", "nonsense", "[]", "7", "{'id':{}}", "{'id':'1'} {'id':'2'}", "{'id':'1'}x")) {
            assertUndecodable(users, text);
        }
        assertThatExceptionOfType(JacksonException.class)
                .isThrownBy(() -> users.decode(new byte[] {(byte) 0xff, 0x00, 0x12}, 0, 3));
    }

    @Test
    void jsonNullIsNoValue() {
        assertThat(decode(users, "null")).isNull();
    }

    @Test
    void deepNestingIsUndecodableInsteadOfAnOverflow() {
        JacksonCodec<Node> nodes = new JacksonCodec<>(TypeRef.of(Node.class));

        assertUndecodable(nodes, "{'next':[".repeat(100_000));
    }

    @Test
    void classNamesInTheBytesAreNeverFollowed() {
        JacksonCodec<Map<String, Object>> open = new JacksonCodec<>(new TypeRef<Map<String, Object>>() {});

        assertThat(decode(open, "{'x':['java.util.Date',0],'y':{'@class':'java.util.Date'}}"))
                .isEqualTo(Map.of("x", List.of("java.util.Date", 0), "y", Map.of("@class", "java.util.Date")));
    }

    @Test
    void aMapperWithDefaultTypingIsRefused() {
        JsonMapper typing = JsonMapper.builder()
                .activateDefaultTyping(BasicPolymorphicTypeValidator.builder()
                        .allowIfSubType("io.cacheservice.")
                        .build())
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JacksonCodec<>(typing, TypeRef.of(User.class)))
                .withMessageContaining("default typing")
                .withMessageContaining("@JsonTypeInfo");
    }

    @Test
    void theCallersMapperIsUsedAsItIs() {
        JsonMapper upper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                .build();
        JacksonCodec<User> codec = new JacksonCodec<>(upper, TypeRef.of(User.class), 3);

        assertThat(codec.encode(new User("1", "A"))).isEqualTo(json("{'Id':'1','Name':'A'}"));
        assertThat(roundTrip(codec, new User("1", "A"))).isEqualTo(new User("1", "A"));
        assertThat(codec.schema()).isEqualTo(3);
    }

    @Test
    void aNegativeSchemaIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JacksonCodec<>(TypeRef.of(User.class), -1))
                .withMessageContaining("schema = -1");
    }

    @Test
    void aValueThatCannotBeWrittenSaysWhichTypeAndWhere() {
        JacksonCodec<List<Broken>> codec = new JacksonCodec<>(new TypeRef<List<Broken>>() {});

        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> codec.encode(List.of(new Broken("1", Map.of()))))
                .withMessageContaining("java.util.List<io.cacheservice.jackson.JacksonCodecTest$Broken>")
                .withMessageContaining("\"name\"")
                .withMessageContaining("no name yet")
                .withMessageContaining("another codec");
    }

    @Test
    void aCycleCannotBeWritten() {
        List<Node> next = new ArrayList<>();
        Node node = new Node(next);
        next.add(node);

        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> new JacksonCodec<>(TypeRef.of(Node.class)).encode(node))
                .withMessageContaining("nesting depth")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1_000));
    }

    @Test
    void theGivenBytesAreNotKept() {
        byte[] bytes = json("{'id':'1','name':'A'}");
        User user = users.decode(bytes, 0, bytes.length);
        Arrays.fill(bytes, (byte) 0);

        assertThat(user).isEqualTo(new User("1", "A"));
    }

    private static <V> @Nullable V roundTrip(JacksonCodec<V> codec, V value) {
        byte[] bytes = codec.encode(value);
        return codec.decode(bytes, 0, bytes.length);
    }

    private static <V> @Nullable V decode(JacksonCodec<V> codec, String text) {
        byte[] bytes = json(text);
        return codec.decode(bytes, 0, bytes.length);
    }

    private static void assertUndecodable(JacksonCodec<?> codec, String text) {
        assertThatExceptionOfType(JacksonException.class)
                .as(text.length() > 80 ? text.substring(0, 80) : text)
                .isThrownBy(() -> decode(codec, text));
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }
}
