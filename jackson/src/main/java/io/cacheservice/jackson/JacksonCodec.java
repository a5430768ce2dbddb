package io.cacheservice.jackson;

import io.cacheservice.CacheSerializationException;
import io.cacheservice.TypeRef;
import io.cacheservice.spi.ValueCodec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values as JSON in UTF-8, written and read by Jackson 3. Encoding 2 of the wire format.
 *
 * <p>A type may grow: properties that a reader does not know are ignored, and one that the bytes do not have is null. If it
 * is a primitive of a record or a constructor, or declared {@code @JsonProperty(required = true)}, the entry is a miss
 * instead: 0 or false would be a wrong value. For any other change of a type's shape use a higher {@linkplain
 * #JacksonCodec(TypeRef, int) schema}.
 *
 * <p>Types of {@code java.time} are written as ISO text and keep their offset and zone. Maps and lists whose type says no
 * more than {@code Object} come back as JSON knows them: numbers as the smallest fitting type, objects as maps. An interface
 * or abstract class needs {@code @JsonTypeInfo} with names, else nothing of it can be read back.
 *
 * <p>There is no default typing, and a mapper that has it is refused: with it, the bytes name the class to be created, so
 * whoever can write to Redis could choose any class this program can load, and with the wrong one run code in it. Names
 * declared with {@code @JsonTypeInfo(use = NAME)} and {@code @JsonSubTypes} choose among known classes only.
 *
 * <p>Immutable, and safe for use by many threads.
 *
 * @param <V> the type
 */
public final class JacksonCodec<V> implements ValueCodec<V> {
    private static final int JSON = 2;
    private static final int MAX_PATH_CHARS = 300;
    private static final JsonMapper MAPPER = mapper();

    private final JavaType type;
    private final int schema;
    private final ObjectWriter writer;
    private final ObjectReader reader;

    /** A codec for {@code type} with this module's mapper and schema 0. */
    public JacksonCodec(TypeRef<V> type) {
        this(MAPPER, type);
    }

    /** A codec for {@code type} with this module's mapper; {@code schema} as in {@link ValueCodec#schema()}. */
    public JacksonCodec(TypeRef<V> type, int schema) {
        this(MAPPER, type, schema);
    }

    /** A codec for {@code type} with a mapper of the caller's and schema 0. */
    public JacksonCodec(JsonMapper mapper, TypeRef<V> type) {
        this(mapper, type, 0);
    }

    /**
     * A codec for {@code type} with a mapper of the caller's, used as it is. All programs that share the entries must read
     * what it writes.
     *
     * @param schema as in {@link ValueCodec#schema()}
     * @throws IllegalArgumentException when {@code mapper} has default typing, or {@code schema} is negative
     */
    public JacksonCodec(JsonMapper mapper, TypeRef<V> type, int schema) {
        if (schema < 0) {
            throw new IllegalArgumentException("schema = " + schema + " is refused: expected 0 to 2147483647");
        }
        this.type = mapper.constructType(type.type());
        if (mapper.deserializationConfig().getDefaultTyper(this.type) != null) {
            throw new IllegalArgumentException(
                    "a mapper with default typing is refused, because bytes in Redis would choose which classes are"
                            + " created: name the subtypes with @JsonTypeInfo(use = NAME) and @JsonSubTypes instead");
        }
        this.schema = schema;
        this.writer = mapper.writerFor(this.type);
        this.reader = mapper.readerFor(this.type);
    }

    @Override
    public int id() {
        return JSON;
    }

    @Override
    public int schema() {
        return schema;
    }

    /**
     * {@inheritDoc}
     *
     * @throws CacheSerializationException when Jackson cannot write {@code value}; says of which type and at which property
     */
    @Override
    public byte[] encode(V value) {
        Objects.requireNonNull(value, "value");
        try {
            return writer.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new CacheSerializationException(
                    "a value of type " + type.toCanonical() + " cannot be written as JSON" + at(e) + ": "
                            + e.getOriginalMessage() + ". Change the type, or give the cache another codec",
                    e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws JacksonException when the bytes are not JSON of the type
     */
    @Override
    public @Nullable V decode(byte[] bytes, int offset, int length) {
        return reader.readValue(bytes, offset, length);
    }

    private static String at(JacksonException e) {
        String path = e.getPathReference();
        if (path.isEmpty()) {
            return "";
        }
        // A value that contains itself has a path of thousands of characters.
        return " at " + (path.length() <= MAX_PATH_CHARS ? path : path.substring(0, MAX_PATH_CHARS) + "...");
    }

    /** Says every feature it depends on, so that a changed default of Jackson changes nothing here. */
    private static JsonMapper mapper() {
        return JsonMapper.builder()
                .deactivateDefaultTyping()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .annotationIntrospector(new PrimitivesAreRequired())
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID)
                .build();
    }
}
