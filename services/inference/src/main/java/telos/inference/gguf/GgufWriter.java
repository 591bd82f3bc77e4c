package telos.inference.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Collects metadata and tensors and writes them as one GGUF v3 file. The file appears whole or not at all: it is written
 * under a temporary name beside its target, forced to the disk, then renamed.
 */
public final class GgufWriter {
    private static final int ALIGNMENT = 32;
    private static final int STEP = 1 << 16;

    private final Map<String, byte[]> values = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private record Tensor(TensorType type, List<Long> dimensions, long bytes, TensorData data) {}

    /** Gives a tensor's bytes, in order, when the file is written. */
    @FunctionalInterface
    public interface TensorData {
        void writeTo(Sink sink) throws IOException;
    }

    /** Takes a tensor's next bytes: all that remain in the buffer. */
    @FunctionalInterface
    public interface Sink {
        void accept(ByteBuffer bytes) throws IOException;
    }

    public GgufWriter string(String key, String value) {
        return put(key, ValueType.STRING, text(value));
    }

    public GgufWriter integer(String key, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(key + " is negative: " + value);
        }
        return put(key, ValueType.UINT32, bytes(4, to -> to.putInt(value)));
    }

    public GgufWriter number(String key, float value) {
        return put(key, ValueType.FLOAT32, bytes(4, to -> to.putFloat(value)));
    }

    public GgufWriter flag(String key, boolean value) {
        return put(key, ValueType.BOOL, new byte[] {(byte) (value ? 1 : 0)});
    }

    public GgufWriter strings(String key, List<String> list) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        list.forEach(element -> bytes.writeBytes(text(element)));
        return array(key, ValueType.STRING, list.size(), bytes.toByteArray());
    }

    public GgufWriter integers(String key, int[] list) {
        byte[] elements = bytes(4 * list.length, to -> {
            for (int element : list) {
                to.putInt(element);
            }
        });
        return array(key, ValueType.INT32, list.length, elements);
    }

    public GgufWriter numbers(String key, float[] list) {
        byte[] elements = bytes(4 * list.length, to -> {
            for (float element : list) {
                to.putFloat(element);
            }
        });
        return array(key, ValueType.FLOAT32, list.length, elements);
    }

    /** Adds keys at once: values are String, Integer, Boolean, Float, or lists of String, Integer (int32) or Float. */
    public GgufWriter metadata(Map<String, Object> entries) {
        entries.forEach((key, value) -> {
            switch (value) {
                case String text -> string(key, text);
                case Integer number -> integer(key, number);
                case Boolean flag -> flag(key, flag);
                case Float number -> number(key, number);
                case List<?> list -> list(key, list);
                default -> throw new IllegalArgumentException(key + " has a value of " + value.getClass());
            }
        });
        return this;
    }

    private void list(String key, List<?> list) {
        if (list.stream().allMatch(String.class::isInstance)) {
            strings(key, list.stream().map(String.class::cast).toList());
        } else if (list.stream().allMatch(Integer.class::isInstance)) {
            integers(key, list.stream().mapToInt(Integer.class::cast).toArray());
        } else {
            float[] numbers = new float[list.size()];
            for (int i = 0; i < numbers.length; i++) {
                if (!(list.get(i) instanceof Float number)) {
                    throw new IllegalArgumentException(key + " mixes values of several types");
                }
                numbers[i] = number;
            }
            numbers(key, numbers);
        }
    }

    /** Adds all that a file's metadata holds, but for the alignment: this writer has its own. */
    public GgufWriter metadata(Metadata source) {
        return metadata(source, Set.of());
    }

    /** As {@link #metadata(Metadata)}, without the keys that are left out. */
    public GgufWriter metadata(Metadata source, Set<String> leftOut) {
        for (String key : source.keys()) {
            if (!key.equals("general.alignment") && !leftOut.contains(key)) {
                switch (source.value(key)) {
                    case String text -> string(key, text);
                    case Boolean flag -> flag(key, flag);
                    case Long number -> whole(key, number);
                    case Double number -> real(key, number);
                    case long[] list -> wholes(key, list);
                    case float[] list -> numbers(key, list);
                    case List<?> list when list.stream().allMatch(String.class::isInstance) -> list(key, list);
                    case Object other ->
                        throw new IllegalArgumentException(key + " has a value of " + other.getClass());
                }
            }
        }
        return this;
    }

    private void whole(String key, long value) {
        if (value >= 0 && value <= 0xffff_ffffL) {
            put(key, ValueType.UINT32, bytes(4, to -> to.putInt((int) value)));
        } else {
            put(key, ValueType.INT64, bytes(8, to -> to.putLong(value)));
        }
    }

    private void real(String key, double value) {
        if ((float) value == value) {
            number(key, (float) value);
        } else {
            put(key, ValueType.FLOAT64, bytes(8, to -> to.putDouble(value)));
        }
    }

    private void wholes(String key, long[] list) {
        if (Arrays.stream(list).allMatch(element -> (int) element == element)) {
            integers(key, Arrays.stream(list).mapToInt(element -> (int) element).toArray());
        } else {
            byte[] elements = bytes(8 * list.length, to -> Arrays.stream(list).forEach(to::putLong));
            array(key, ValueType.INT64, list.length, elements);
        }
    }

    /** Adds a tensor whose bytes, in the form of {@code type}, are given while writing. Dimensions: fastest first. */
    public GgufWriter tensor(String name, TensorType type, List<Long> dimensions, TensorData data) {
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > 63) {
            throw new IllegalArgumentException("a tensor's name has 1 to 63 bytes: \"" + name + "\"");
        }
        if (dimensions.isEmpty() || dimensions.size() > 4 || dimensions.stream().anyMatch(extent -> extent < 1)) {
            throw new IllegalArgumentException(name + ": dimensions " + dimensions);
        }
        if (dimensions.getFirst() % type.blockElements() != 0) {
            throw new IllegalArgumentException(name + ": rows of " + dimensions.getFirst() + " elements are not whole "
                    + type + " blocks of " + type.blockElements());
        }
        long elements = dimensions.stream().reduce(1L, Math::multiplyExact);
        Tensor tensor = new Tensor(type, List.copyOf(dimensions), type.bytes(elements), data);
        if (tensors.putIfAbsent(name, tensor) != null) {
            throw new IllegalArgumentException("the tensor " + name + " is given twice");
        }
        return this;
    }

    /** Adds a tensor from floats, encoded as {@code type} while writing. The array must not change until then. */
    public GgufWriter tensor(String name, TensorType type, List<Long> dimensions, float[] values) {
        long elements = dimensions.stream().reduce(1L, Math::multiplyExact);
        if (elements != values.length) {
            throw new IllegalArgumentException(name + ": " + values.length + " values for dimensions " + dimensions);
        }
        return tensor(name, type, dimensions, sink -> {
            byte[] encoded = new byte[(int) type.bytes(STEP)];
            for (int done = 0; done < values.length; done += STEP) {
                int count = Math.min(STEP, values.length - done);
                BlockCodec.encode(type, values, done, count, MemorySegment.ofArray(encoded), 0);
                sink.accept(ByteBuffer.wrap(encoded, 0, (int) type.bytes(count)));
            }
        });
    }

    /** Writes the file; a file of this name is replaced. On failure nothing of it remains. */
    public void write(Path target) throws GgufException {
        Path absolute = target.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new GgufException(target + ": cannot be written: the folder " + folder + " does not exist; make it");
        }
        byte[] header = header();
        long total = header.length;
        for (Tensor tensor : tensors.values()) {
            total = Math.addExact(total, aligned(tensor.bytes));
        }
        Path part = folder.resolve(
                "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            requireRoom(target, folder, total);
            try (FileChannel channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                writeAll(channel, ByteBuffer.wrap(header));
                for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
                    writeTensor(channel, entry.getKey(), entry.getValue());
                }
                channel.force(true);
            }
            Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        } catch (GgufException e) {
            throw e;
        } catch (IOException e) {
            throw new GgufException(target + ": cannot be written (" + total + " bytes): " + reason(e), e);
        } finally {
            try {
                Files.deleteIfExists(part);
            } catch (IOException _) {
                // The first failure is the one to tell.
            }
        }
    }

    private static void requireRoom(Path target, Path folder, long total) throws IOException {
        long room = Files.getFileStore(folder).getUsableSpace();
        if (room < total) {
            throw new GgufException(
                    target + ": cannot be written: it takes " + total + " bytes, and the disk that holds " + folder
                            + " has " + room + " free. Free some space or choose another folder");
        }
    }

    private static String reason(IOException e) {
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "permission denied; choose a folder that you may write to";
        }
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left")
                ? "no space is left on the disk; free some or choose another folder"
                : message;
    }

    private static void writeTensor(FileChannel channel, String name, Tensor tensor) throws IOException {
        long start = channel.position();
        tensor.data.writeTo(bytes -> writeAll(channel, bytes));
        long written = channel.position() - start;
        if (written != tensor.bytes) {
            throw new IllegalStateException(name + " gave " + written + " bytes, not " + tensor.bytes);
        }
        writeAll(channel, ByteBuffer.allocate((int) (aligned(written) - written)));
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private byte[] header() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(bytes(20, to -> to.putInt(3).putLong(tensors.size()).putLong(values.size())));
        values.forEach((key, value) -> {
            out.writeBytes(text(key));
            out.writeBytes(value);
        });
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            long begin = offset;
            out.writeBytes(text(entry.getKey()));
            out.writeBytes(bytes(4 + 8 * tensor.dimensions.size() + 12, to -> {
                to.putInt(tensor.dimensions.size());
                tensor.dimensions.forEach(to::putLong);
                to.putInt(tensor.type.code()).putLong(begin);
            }));
            offset = Math.addExact(offset, aligned(tensor.bytes));
        }
        return Arrays.copyOf(out.toByteArray(), (int) aligned(out.size()));
    }

    private GgufWriter array(String key, ValueType type, int length, byte[] elements) {
        byte[] value = bytes(
                12 + elements.length, to -> to.putInt(type.code).putLong(length).put(elements));
        return put(key, ValueType.ARRAY, value);
    }

    private GgufWriter put(String key, ValueType type, byte[] value) {
        byte[] typed = bytes(4 + value.length, to -> to.putInt(type.code).put(value));
        if (values.putIfAbsent(key, typed) != null) {
            throw new IllegalArgumentException("the metadata key " + key + " is given twice");
        }
        return this;
    }

    private static byte[] text(String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        return bytes(8 + text.length, to -> to.putLong(text.length).put(text));
    }

    private static byte[] bytes(int length, Consumer<ByteBuffer> content) {
        byte[] bytes = new byte[length];
        content.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        return bytes;
    }

    private static long aligned(long bytes) {
        return Math.addExact(bytes, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
