package telos.inference.model;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import telos.inference.gguf.BlockCodec;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufWriter;
import telos.inference.gguf.TensorType;

/**
 * A model with Gaussian weights of variance 1 / inputs: it says nothing, but has the shape, the size and the speed of a
 * real one. The same values give the same file. Weights are made while they are written, so a large model needs little
 * heap.
 *
 * @param tied whether the embedding also serves as the output matrix
 */
public record RandomModel(
        int embedding,
        int layers,
        int heads,
        int kvHeads,
        int feedForward,
        int vocabulary,
        int context,
        TensorType type,
        boolean tied,
        long seed) {
    private static final int CHUNK = 1 << 16;
    private static final int CHUNKS_AT_ONCE = 16;

    public RandomModel {
        require(embedding >= 32 && embedding <= 1 << 16, "--dim must lie between 32 and 65536, not " + embedding);
        require(layers >= 1 && layers <= 1024, "--layers must lie between 1 and 1024, not " + layers);
        require(heads >= 1 && embedding % heads == 0, "--heads must divide --dim " + embedding + ", not " + heads);
        require(embedding / heads % 2 == 0, "--dim / --heads must be even, not " + embedding / Math.max(1, heads));
        require(kvHeads >= 1 && heads % kvHeads == 0, "--kv-heads must divide --heads " + heads + ", not " + kvHeads);
        require(
                feedForward >= 32 && feedForward <= 1 << 20,
                "--ffn must lie between 32 and 1048576, not " + feedForward);
        require(context >= 16 && context <= 1 << 20, "--context must lie between 16 and 1048576, not " + context);
        require(
                vocabulary >= RandomVocabulary.LEAST && vocabulary <= RandomVocabulary.MOST,
                "--vocab must lie between " + RandomVocabulary.LEAST + " and " + RandomVocabulary.MOST + ", not "
                        + vocabulary);
        int block = type.blockElements();
        require(
                embedding % block == 0 && feedForward % block == 0,
                "--dim and --ffn must be multiples of " + block + " for --quant " + type);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    public ModelConfig config() {
        int headDim = embedding / heads;
        return new ModelConfig(
                "random-" + type,
                vocabulary,
                context,
                layers,
                embedding,
                heads,
                kvHeads,
                headDim,
                feedForward,
                1e-5f,
                headDim,
                10000,
                1);
    }

    /** How many weights it has. */
    public long parameters() {
        return config().tensors(tied).stream().mapToLong(TensorShape::elements).sum();
    }

    /** Writes the file. {@code progress} hears how many of {@link #parameters} are written. */
    public void write(Path target, LongConsumer progress) throws GgufException {
        ModelConfig config = config();
        GgufWriter writer = new GgufWriter();
        config.writeTo(writer);
        RandomVocabulary.of(vocabulary).writeTo(writer);
        writer.integer("general.file_type", type.fileType())
                .integer("general.quantization_version", 2)
                .string(
                        "tokenizer.chat_template",
                        "{% for message in messages %}{{ message['content'] }}\n{% endfor %}");
        AtomicLong written = new AtomicLong();
        List<TensorShape> shapes = config.tensors(tied);
        for (int index = 0; index < shapes.size(); index++) {
            TensorShape shape = shapes.get(index);
            long tensorSeed = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * index).nextLong();
            writer.tensor(shape.name(), shape.isNorm() ? TensorType.F32 : type, shape.dimensions(), sink -> {
                if (shape.isNorm()) {
                    writeOnes(sink, shape.elements());
                } else {
                    writeGaussian(sink, shape, tensorSeed);
                }
                progress.accept(written.addAndGet(shape.elements()));
            });
        }
        writer.write(target);
    }

    private static void writeOnes(GgufWriter.Sink sink, long count) throws IOException {
        float[] ones = new float[(int) count];
        java.util.Arrays.fill(ones, 1);
        byte[] bytes = new byte[4 * ones.length];
        BlockCodec.encode(TensorType.F32, ones, 0, ones.length, MemorySegment.ofArray(bytes), 0);
        sink.accept(ByteBuffer.wrap(bytes));
    }

    private void writeGaussian(GgufWriter.Sink sink, TensorShape shape, long tensorSeed) throws IOException {
        double deviation = 1 / Math.sqrt(shape.dimensions().getFirst());
        long elements = shape.elements();
        byte[] encoded = new byte[(int) type.bytes(CHUNK * CHUNKS_AT_ONCE)];
        MemorySegment target = MemorySegment.ofArray(encoded);
        for (long done = 0; done < elements; done += (long) CHUNK * CHUNKS_AT_ONCE) {
            long from = done;
            int count = (int) Math.min((long) CHUNK * CHUNKS_AT_ONCE, elements - done);
            // Each chunk has its own seed, so the threads' timing does not show in the file.
            IntStream.range(0, (count + CHUNK - 1) / CHUNK).parallel().forEach(chunk -> {
                int length = Math.min(CHUNK, count - chunk * CHUNK);
                SplittableRandom random = new SplittableRandom(tensorSeed + from + (long) chunk * CHUNK);
                float[] values = new float[length];
                for (int i = 0; i < length; i++) {
                    values[i] = (float) (deviation * random.nextGaussian());
                }
                BlockCodec.encode(type, values, 0, length, target, type.bytes((long) chunk * CHUNK));
            });
            sink.accept(ByteBuffer.wrap(encoded, 0, (int) type.bytes(count)));
        }
    }
}
