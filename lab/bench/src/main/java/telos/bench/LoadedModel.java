package telos.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import telos.devices.cpu.Arena;
import telos.devices.cpu.KvStore;
import telos.devices.cpu.Workers;
import telos.inference.engine.ForwardPass;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;
import telos.inference.model.Chunk;
import telos.inference.model.LlamaModel;
import telos.inference.model.ModelConfig;

/** A model in memory with workers and KV blocks, and no server around it. */
final class LoadedModel implements ForwardPass, AutoCloseable {
    private static final Duration WARM_UP = Duration.ofMinutes(3);

    private final Workers workers;
    private final Arena kvMemory = new Arena();
    private final LlamaModel model;
    private final KvStore store;

    private LoadedModel(Workers workers, LlamaModel model, int blocks) {
        this.workers = workers;
        this.model = model;
        this.store = model.kvStore(kvMemory, blocks);
    }

    static LoadedModel load(Path file, int blocks, int threads) throws BenchException {
        Workers workers = new Workers(threads);
        try {
            return new LoadedModel(workers, LlamaModel.load(GgufFile.read(file), workers), blocks);
        } catch (GgufException e) {
            workers.close();
            throw new BenchException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Goes over from scalar kernels to vector kernels, as a daemon does before it is ready. */
    void warm() throws BenchException {
        if (!model.warm(WARM_UP)) {
            throw new BenchException("the kernels were not compiled within " + WARM_UP.toSeconds()
                    + " s, so that scalar ones would run; give the machine more rest");
        }
    }

    ModelConfig config() {
        return model.config();
    }

    Workers workers() {
        return workers;
    }

    int blocks() {
        return store.blocks();
    }

    @Override
    public int vocabulary() {
        return model.config().vocabulary();
    }

    @Override
    public void copyBlock(int from, int to) {
        store.copy(from, to);
    }

    @Override
    public float[][] forward(List<Chunk> batch) {
        return model.forward(store, batch);
    }

    @Override
    public void close() {
        model.close();
        kvMemory.close();
        workers.close();
    }
}
