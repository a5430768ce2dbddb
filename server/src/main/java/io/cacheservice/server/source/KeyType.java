package io.cacheservice.server.source;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a part of a key is in a database. */
enum KeyType {
    TEXT {
        @Override
        boolean accepts(String id) {
            return true;
        }

        @Override
        void bind(PreparedStatement statement, int parameter, String id) throws SQLException {
            statement.setString(parameter, id);
        }

        @Override
        @Nullable
        String read(ResultSet row, int column) throws SQLException {
            return row.getString(column);
        }
    },

    NUMBER {
        private static final Pattern FORM = Pattern.compile("0|-?[1-9]\\d{0,37}");
        private static final int LONG_DIGITS = 18;

        @Override
        boolean accepts(String id) {
            return FORM.matcher(id).matches();
        }

        @Override
        void bind(PreparedStatement statement, int parameter, String id) throws SQLException {
            if (id.length() <= LONG_DIGITS) {
                statement.setLong(parameter, Long.parseLong(id));
            } else {
                statement.setBigDecimal(parameter, new BigDecimal(id));
            }
        }

        @Override
        @Nullable
        String read(ResultSet row, int column) throws SQLException {
            BigDecimal number = row.getBigDecimal(column);
            // 7 and 7.00 are one number, and 70 is not 7E+1
            return number == null ? null : number.stripTrailingZeros().toPlainString();
        }
    };

    /** Whether a record can have this name: 007 is another key than 7, so that only one of them can be that number. */
    abstract boolean accepts(String id);

    /** Gives {@code id}, which is accepted, to a statement. */
    abstract void bind(PreparedStatement statement, int parameter, String id) throws SQLException;

    /** What {@link #bind} was given for this row; null when the column is. */
    abstract @Nullable String read(ResultSet row, int column) throws SQLException;
}
