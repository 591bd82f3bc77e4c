package telos.storage;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One row of an answer, columns counted from 1; valid only while it is being read. */
public final class Row {
    /** Makes a value of a row. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    private final ResultSet row;

    Row(ResultSet row) {
        this.row = row;
    }

    public long number(int column) throws SQLException {
        return row.getLong(column);
    }

    /** Empty for NULL. */
    public OptionalLong perhaps(int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** Empty text for NULL. */
    public String text(int column) throws SQLException {
        return new String(bytes(column), StandardCharsets.UTF_8);
    }

    /** No bytes for NULL. */
    public byte[] bytes(int column) throws SQLException {
        byte @Nullable [] bytes = row.getBytes(column);
        return bytes == null ? new byte[0] : bytes;
    }
}
