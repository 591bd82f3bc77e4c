package telos.inference.gguf;

import org.jspecify.annotations.Nullable;

/** The type of a metadata value; {@code bytes} is the least that a value takes. */
enum ValueType {
    UINT8(0, 1),
    INT8(1, 1),
    UINT16(2, 2),
    INT16(3, 2),
    UINT32(4, 4),
    INT32(5, 4),
    FLOAT32(6, 4),
    BOOL(7, 1),
    STRING(8, 8),
    ARRAY(9, 12),
    UINT64(10, 8),
    INT64(11, 8),
    FLOAT64(12, 8);

    final int code;
    final int bytes;

    ValueType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    static @Nullable ValueType of(int code) {
        for (ValueType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return null;
    }
}
