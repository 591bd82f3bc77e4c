package telos.training;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import telos.training.transformer.Snapshot;

/**
 * All that training needs to go on after it was killed. The file is replaced whole, so there is always a complete one.
 *
 * @param plan what is being trained; a checkpoint of another plan is refused
 * @param step steps done
 * @param losses the mean loss of each stretch of steps, for the curve
 */
@SuppressWarnings("ArrayRecordComponent") // written and read whole, and never compared
record Checkpoint(
        String plan, int step, Batches.Place place, float[] losses, Snapshot weights, Snapshot first, Snapshot second) {
    private static final int MAGIC = 0x54454c31;

    void write(Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
            out.writeInt(MAGIC);
            out.writeUTF(plan);
            out.writeInt(step);
            out.writeInt(place.chapter());
            out.writeInt(place.batch());
            write(out, losses);
            for (Snapshot snapshot : List.of(weights, first, second)) {
                out.writeInt(snapshot.arrays().size());
                for (Map.Entry<String, float[]> entry : snapshot.arrays().entrySet()) {
                    out.writeUTF(entry.getKey());
                    write(out, entry.getValue());
                }
            }
            out.flush();
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static Checkpoint read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            if (in.readInt() != MAGIC) {
                throw new IOException(file + " is not a checkpoint of telos train; remove it to begin anew");
            }
            return new Checkpoint(
                    in.readUTF(),
                    in.readInt(),
                    new Batches.Place(in.readInt(), in.readInt()),
                    floats(in),
                    snapshot(in),
                    snapshot(in),
                    snapshot(in));
        }
    }

    private static Snapshot snapshot(DataInputStream in) throws IOException {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            arrays.put(in.readUTF(), floats(in));
        }
        return new Snapshot(arrays);
    }

    private static void write(DataOutputStream out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asFloatBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes.array());
    }

    private static float[] floats(DataInputStream in) throws IOException {
        byte[] bytes = new byte[Math.multiplyExact(4, in.readInt())];
        in.readFully(bytes);
        float[] values = new float[bytes.length / 4];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }
}
