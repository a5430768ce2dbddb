package io.cacheservice.server.source;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a row as a JSON object: a member for each column, named and ordered as the query has them. Numbers and booleans
 * stay what they are, times are ISO 8601, bytes base64, columns of JSON are embedded, arrays are arrays, the rest is text.
 */
final class RowJson {
    private static final Set<String> JSON_TYPES = Set.of("json", "jsonb");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private RowJson() {}

    static byte[] of(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        requireDistinctNames(columns);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
            json.writeStartObject();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                json.writeName(columns.getColumnLabel(i));
                if (JSON_TYPES.contains(
                        String.valueOf(columns.getColumnTypeName(i)).toLowerCase(Locale.ROOT))) {
                    writeJson(json, row.getString(i));
                } else {
                    write(json, row.getObject(i));
                }
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void requireDistinctNames(ResultSetMetaData columns) throws SQLException {
        Set<String> names = new HashSet<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            if (!names.add(columns.getColumnLabel(i))) {
                throw new SQLException("the query has two columns " + columns.getColumnLabel(i)
                        + ": name them apart with 'as', or set valueColumn");
            }
        }
    }

    private static void writeJson(JsonGenerator json, @Nullable String text) {
        if (text == null) {
            json.writeNull();
            return;
        }
        JsonNode tree;
        try {
            tree = MAPPER.readTree(text);
        } catch (JacksonException notJson) {
            json.writeString(text);
            return;
        }
        json.writePOJO(tree);
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws SQLException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof Number number) {
            write(json, number);
        } else if (value instanceof byte[] bytes) {
            json.writeBinary(bytes);
        } else if (value instanceof Blob blob) {
            json.writeBinary(blob.getBytes(1, (int) Math.min(Integer.MAX_VALUE, blob.length())));
        } else if (value instanceof Clob clob) {
            json.writeString(clob.getSubString(1, (int) Math.min(Integer.MAX_VALUE, clob.length())));
        } else if (value instanceof Array array) {
            write(json, array);
        } else {
            json.writeString(text(value));
        }
    }

    private static void write(JsonGenerator json, Number number) {
        if (number instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
        } else if (number instanceof BigInteger integer) {
            json.writeNumber(integer);
        } else if (number instanceof Double || number instanceof Float) {
            // as text where JSON has no number for it
            json.writeRawValue(
                    Double.isFinite(number.doubleValue()) ? number.toString() : '"' + number.toString() + '"');
        } else {
            json.writeNumber(number.longValue());
        }
    }

    private static void write(JsonGenerator json, Array array) throws SQLException {
        json.writeStartArray();
        if (array.getArray() instanceof Object[] elements) {
            for (Object element : elements) {
                write(json, element);
            }
        }
        json.writeEndArray();
    }

    /** Values of java.time, of UUID and of most drivers' own types have the text that people expect. */
    private static String text(Object value) {
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime().toString();
        }
        if (value instanceof Date date) {
            return date.toLocalDate().toString();
        }
        return value instanceof Time time ? time.toLocalTime().toString() : value.toString();
    }
}
