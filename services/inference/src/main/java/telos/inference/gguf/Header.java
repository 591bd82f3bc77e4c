package telos.inference.gguf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of a file before its tensors, read and checked once. The limits are far above what models carry and far below
 * what would hurt: a hostile header costs at most some hundred megabytes for the moment of its reading.
 *
 * <p>Format: github.com/ggml-org/ggml, docs/gguf.md.
 */
final class Header {
    private static final int MAGIC = 0x46554747;
    private static final int MOST_KEYS = 1 << 16;
    private static final int MOST_TENSORS = 1 << 17;
    private static final int MOST_KEY_BYTES = (1 << 16) - 1;
    private static final int MOST_NAME_BYTES = 255;
    private static final int MOST_TEXT_BYTES = 1 << 24;
    private static final int MOST_ELEMENTS = 1 << 22;
    private static final int MOST_METADATA_BYTES = 1 << 28;
    private static final int MOST_DEPTH = 4;
    private static final int MOST_ALIGNMENT = 1 << 20;

    private final Cursor in;
    private final String source;
    private final long size;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private int elements;

    private Header(String source, Cursor in, long size) {
        this.source = source;
        this.in = in;
        this.size = size;
    }

    /** A tensor's entry as the file has it, its offset counted from the start of the tensors. */
    private record Entry(String name, TensorType type, List<Long> dimensions, long offset, long bytes) {}

    record Contents(int version, int alignment, Metadata metadata, List<TensorInfo> tensors, long dataOffset) {}

    static Contents read(String source, Cursor in, long size) throws GgufException {
        return new Header(source, in, size).read();
    }

    private Contents read() throws GgufException {
        int version = preamble();
        long tensorCount = count("tensors", MOST_TENSORS, 8 + 4 + 8 + 4 + 8);
        long keyCount = count("metadata keys", MOST_KEYS, 8 + 4 + 1);
        for (long i = 0; i < keyCount; i++) {
            long at = in.position();
            String key = in.text("metadata key number " + i, MOST_KEY_BYTES);
            if (key.isEmpty()) {
                throw in.fault(at, "metadata key number " + i + " is empty");
            }
            Object value = value(key, type(key), 0);
            if (values.put(key, value) != null) {
                throw in.fault(at, "the metadata key " + shown(key) + " occurs twice");
            }
        }
        Metadata metadata = new Metadata(source, values);
        int alignment = metadata.integer("general.alignment", 32, 1, MOST_ALIGNMENT);
        if (Integer.bitCount(alignment) != 1) {
            throw new GgufException(source + ": general.alignment is " + alignment
                    + ", which is not a power of two. The file is damaged: download or convert it again");
        }
        List<Entry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (long i = 0; i < tensorCount; i++) {
            entries.add(entry(i, alignment, names));
        }
        long dataOffset = Math.min(size, -Math.floorDiv(-in.position(), alignment) * alignment);
        return new Contents(version, alignment, metadata, place(entries, dataOffset), dataOffset);
    }

    private int preamble() throws GgufException {
        if (size < 24) {
            throw new GgufException(source + ": is no GGUF file: it has " + size
                    + " bytes, and a GGUF file begins with 24. Download it again");
        }
        int magic = in.i32();
        if (magic != MAGIC) {
            throw new GgufException(source + ": is no GGUF file: it begins with \"" + printable(magic)
                    + "\", not \"GGUF\". " + wayOutOf(magic));
        }
        int version = in.i32();
        int swapped = Integer.reverseBytes(version);
        if (swapped >= 1 && swapped <= 3) {
            throw new GgufException(source + ": is a big-endian GGUF file, which Telos does not read; "
                    + "convert it to little-endian (gguf-py has gguf_convert_endian.py)");
        }
        if (version != 2 && version != 3) {
            throw new GgufException(source + ": has GGUF version " + Integer.toUnsignedString(version)
                    + "; Telos reads versions 2 and 3. Convert it again with a current tool");
        }
        return version;
    }

    private static String wayOutOf(int magic) {
        if (printable(magic).equals("vers")) {
            return "It may be a Git LFS pointer: fetch the real file with 'git lfs pull'";
        }
        if (printable(magic).startsWith("PK")) {
            return "It is a zip archive (perhaps a PyTorch checkpoint): convert it to GGUF first";
        }
        return "Give a .gguf file, or convert the model to GGUF first";
    }

    private static String printable(int magic) {
        byte[] bytes = {(byte) magic, (byte) (magic >> 8), (byte) (magic >> 16), (byte) (magic >> 24)};
        return shown(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private long count(String what, int most, int leastBytes) throws GgufException {
        long at = in.position();
        long count = in.i64();
        if (count < 0 || count > most) {
            throw in.fault(
                    at,
                    "the header claims " + Long.toUnsignedString(count) + " " + what + "; at most " + most
                            + " are allowed");
        }
        if (count * leastBytes > in.remaining()) {
            throw in.fault(
                    at,
                    "the header claims " + count + " " + what + ", which cannot fit in the " + in.remaining()
                            + " bytes that follow");
        }
        return count;
    }

    private ValueType type(String key) throws GgufException {
        long at = in.position();
        int code = in.i32();
        ValueType type = ValueType.of(code);
        if (type == null) {
            throw in.fault(
                    at,
                    "the metadata key " + shown(key) + " has the unknown value type " + Integer.toUnsignedString(code));
        }
        return type;
    }

    private Object value(String key, ValueType type, int depth) throws GgufException {
        if (in.position() > MOST_METADATA_BYTES) {
            throw in.fault(in.position(), "the metadata is larger than " + (MOST_METADATA_BYTES >> 20) + " MiB");
        }
        return switch (type) {
            case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 -> integer(key, type);
            case FLOAT32 -> (double) in.f32();
            case FLOAT64 -> in.f64();
            case BOOL -> bool(key);
            case STRING -> in.text("the value of " + shown(key), MOST_TEXT_BYTES);
            case ARRAY -> array(key, depth);
        };
    }

    private Object array(String key, int depth) throws GgufException {
        if (depth == MOST_DEPTH) {
            throw in.fault(in.position(), "the metadata key " + shown(key) + " nests lists deeper than " + MOST_DEPTH);
        }
        ValueType type = type(key);
        long at = in.position();
        long claimed = in.i64();
        if (claimed < 0 || claimed > MOST_ELEMENTS - elements) {
            throw in.fault(
                    at,
                    "the list " + shown(key) + " claims " + Long.toUnsignedString(claimed)
                            + " elements; all lists together may have " + MOST_ELEMENTS);
        }
        if (claimed * type.bytes > in.remaining()) {
            throw in.fault(
                    at,
                    "the list " + shown(key) + " claims " + claimed + " elements, which cannot fit in the "
                            + in.remaining() + " bytes that follow");
        }
        int length = (int) claimed;
        elements += length;
        return switch (type) {
            case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 -> {
                long[] array = new long[length];
                for (int i = 0; i < length; i++) {
                    array[i] = integer(key, type);
                }
                yield array;
            }
            case FLOAT32, FLOAT64 -> {
                float[] array = new float[length];
                for (int i = 0; i < length; i++) {
                    array[i] = type == ValueType.FLOAT32 ? in.f32() : (float) in.f64();
                }
                yield array;
            }
            case BOOL -> {
                boolean[] array = new boolean[length];
                for (int i = 0; i < length; i++) {
                    array[i] = bool(key);
                }
                yield array;
            }
            case STRING, ARRAY -> {
                List<Object> list = new ArrayList<>(length);
                for (int i = 0; i < length; i++) {
                    list.add(value(key, type, depth + 1));
                }
                yield List.copyOf(list);
            }
        };
    }

    private long integer(String key, ValueType type) throws GgufException {
        return switch (type) {
            case UINT8 -> in.u8();
            case INT8 -> (byte) in.u8();
            case UINT16 -> in.u16();
            case INT16 -> (short) in.u16();
            case UINT32 -> Integer.toUnsignedLong(in.i32());
            case INT32 -> in.i32();
            case INT64 -> in.i64();
            case UINT64 -> {
                long at = in.position();
                long value = in.i64();
                if (value < 0) {
                    throw in.fault(
                            at, "the value of " + shown(key) + " is the absurd number " + Long.toUnsignedString(value));
                }
                yield value;
            }
            case FLOAT32, BOOL, STRING, ARRAY, FLOAT64 -> throw new IllegalArgumentException(type.name());
        };
    }

    private boolean bool(String key) throws GgufException {
        long at = in.position();
        int value = in.u8();
        if (value > 1) {
            throw in.fault(at, "the value of " + shown(key) + " is " + value + ", neither true (1) nor false (0)");
        }
        return value == 1;
    }

    private Entry entry(long number, int alignment, Set<String> names) throws GgufException {
        long at = in.position();
        String name = in.text("the name of tensor number " + number, MOST_NAME_BYTES);
        String tensor = "the tensor " + shown(name);
        if (name.isEmpty() || !names.add(name)) {
            throw in.fault(at, name.isEmpty() ? "tensor number " + number + " has no name" : tensor + " occurs twice");
        }
        int rank = in.i32();
        if (rank < 1 || rank > 4) {
            throw in.fault(
                    at, tensor + " claims " + Integer.toUnsignedString(rank) + " dimensions; 1 to 4 are allowed");
        }
        List<Long> dimensions = new ArrayList<>();
        long product = 1;
        for (int i = 0; i < rank; i++) {
            long extent = in.i64();
            if (extent < 1 || extent > Long.MAX_VALUE / 64 / product) {
                throw in.fault(
                        at,
                        tensor + " has the absurd extent " + Long.toUnsignedString(extent) + " along dimension " + i);
            }
            dimensions.add(extent);
            product *= extent;
        }
        int code = in.i32();
        TensorType type = TensorType.of(code)
                .orElseThrow(() -> new GgufException(source + ": " + tensor + " has the type "
                        + TensorType.nameOf(code) + "; Telos reads " + TensorType.known()
                        + ". Take a build of this model in one of these, for example Q8_0 or Q4_0"));
        if (dimensions.getFirst() % type.blockElements() != 0) {
            throw in.fault(
                    at,
                    tensor + " has rows of " + dimensions.getFirst() + " elements, which is no multiple of "
                            + type.blockElements() + " as " + type + " needs");
        }
        long offset = in.i64();
        if (offset < 0 || offset % alignment != 0) {
            throw in.fault(
                    at,
                    tensor + " begins at offset " + Long.toUnsignedString(offset)
                            + ", which is no multiple of the alignment " + alignment);
        }
        return new Entry(name, type, dimensions, offset, type.bytes(product));
    }

    private List<TensorInfo> place(List<Entry> entries, long dataOffset) throws GgufException {
        long room = size - dataOffset;
        for (Entry entry : entries) {
            if (entry.bytes > room || entry.offset > room - entry.bytes) {
                throw new GgufException(source + ": the tensor " + shown(entry.name) + " lies at bytes "
                        + dataOffset + " + " + entry.offset + " to + " + entry.bytes + ", past the end of the file ("
                        + size + " bytes). The file was cut short: download or copy it again");
            }
        }
        List<Entry> inOrder =
                entries.stream().sorted(Comparator.comparingLong(Entry::offset)).toList();
        for (int i = 1; i < inOrder.size(); i++) {
            Entry before = inOrder.get(i - 1);
            if (before.offset + before.bytes > inOrder.get(i).offset) {
                throw new GgufException(
                        source + ": the tensors " + shown(before.name) + " and " + shown(inOrder.get(i).name)
                                + " overlap in the file. It is damaged: download or convert it again");
            }
        }
        return entries.stream()
                .map(entry -> new TensorInfo(
                        entry.name, entry.type, entry.dimensions, dataOffset + entry.offset, entry.bytes))
                .toList();
    }

    /** A name from the file, made harmless for a terminal and cut. */
    private static String shown(String name) {
        StringBuilder text = new StringBuilder();
        name.codePoints()
                .limit(64)
                .map(c -> Character.isISOControl(c) || !Character.isDefined(c) ? '?' : c)
                .forEach(text::appendCodePoint);
        return name.codePointCount(0, name.length()) > 64 ? text + "…" : text.toString();
    }
}
