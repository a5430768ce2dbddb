package io.cacheservice.spring;

import io.cacheservice.KeyCodec;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.interceptor.SimpleKey;

/**
 * Writes the keys that Spring generates, or that {@code key = "..."} names, as text.
 *
 * <p>Strings are written as they are, so that programs without Spring find them; all others begin with {@code ~} and the name
 * of their type: {@code ~long:42}, {@code ~(~long:42,sv)} for two arguments. So keys that are not equal never share a text.
 * A string that is empty or begins with {@code ~} is written as {@code ~string:} and itself.
 */
final class SpringKeys implements KeyCodec<Object> {
    private static final char MARK = '~';

    /** Types whose {@code toString} is equal exactly where their values are. */
    private static final Map<Class<?>, String> NAMES = Map.ofEntries(
            Map.entry(Boolean.class, "boolean"),
            Map.entry(Character.class, "char"),
            Map.entry(Byte.class, "byte"),
            Map.entry(Short.class, "short"),
            Map.entry(Integer.class, "int"),
            Map.entry(Long.class, "long"),
            Map.entry(Float.class, "float"),
            Map.entry(Double.class, "double"),
            Map.entry(BigInteger.class, "integer"),
            Map.entry(BigDecimal.class, "decimal"),
            Map.entry(UUID.class, "uuid"),
            Map.entry(LocalDate.class, "date"),
            Map.entry(LocalDateTime.class, "datetime"),
            Map.entry(Instant.class, "instant"));

    /** The arguments in a {@link SimpleKey}: it has no method that tells them, and its text is the same for different ones. */
    private static final Field ARGUMENTS = arguments();

    private final String cacheName;

    SpringKeys(String cacheName) {
        this.cacheName = cacheName;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when {@code key} is of a class that has no such text
     */
    @Override
    public String encode(Object key) {
        if (key instanceof String text) {
            return text.isEmpty() || text.charAt(0) == MARK ? tagged("string", text) : text;
        }
        if (key instanceof Enum<?> constant) {
            return tagged("enum", constant.getDeclaringClass().getName() + ":" + constant.name());
        }
        if (key instanceof SimpleKey simple) {
            return MARK + "(" + joined(argumentsOf(simple)) + ")";
        }
        if (key instanceof List<?> list) { // what key = "{#a, #b}" gives
            return MARK + "[" + joined(list) + "]";
        }
        String name = NAMES.get(key.getClass());
        if (name == null) {
            throw new IllegalArgumentException("cache '" + cacheName + "': a key of "
                    + key.getClass().getName()
                    + " is refused: expected strings, numbers, booleans, enums, UUIDs, dates,"
                    + " or several of these. Name what tells its keys apart in the annotation, such as"
                    + " key = \"#id.value\"");
        }
        return tagged(name, key.toString());
    }

    private String joined(List<?> parts) {
        return parts.stream()
                .map(part -> part == null ? MARK + "null" : encode(part))
                .map(text -> text.replace("\\", "\\\\").replace(",", "\\,"))
                .collect(Collectors.joining(","));
    }

    private static String tagged(String name, String text) {
        return MARK + name + ":" + text;
    }

    private static List<@Nullable Object> argumentsOf(SimpleKey key) {
        try {
            return Arrays.asList((@Nullable Object[]) ARGUMENTS.get(key));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the arguments of a SimpleKey cannot be read", e);
        }
    }

    private static Field arguments() {
        try {
            Field params = SimpleKey.class.getDeclaredField("params");
            params.setAccessible(true);
            return params;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(
                    "this version of Spring keeps the arguments of a SimpleKey elsewhere than the one this was built for",
                    e);
        }
    }
}
