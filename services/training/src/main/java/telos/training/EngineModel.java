package telos.training;

import java.util.List;
import telos.devices.cpu.Arena;
import telos.devices.cpu.KvStore;
import telos.devices.cpu.Workers;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;
import telos.inference.model.Chunk;
import telos.inference.model.LlamaModel;

/** A model file in Telos's own engine, for one short sequence at a time. */
final class EngineModel implements AutoCloseable {
    private final Workers workers = new Workers(1);
    private final Arena arena = new Arena();
    private final LlamaModel model;
    private final KvStore store;
    private final int[] table = new int[Plan.CONTEXT / KvStore.BLOCK_TOKENS];

    private EngineModel(GgufFile file) throws GgufException {
        this.model = LlamaModel.load(file, workers);
        this.store = model.kvStore(arena, table.length);
        for (int i = 0; i < table.length; i++) {
            table[i] = i;
        }
    }

    static EngineModel load(GgufFile file) throws GgufException {
        return new EngineModel(file);
    }

    /** Logits after the last token. */
    float[] logits(int[] tokens) {
        return model.forward(store, List.of(new Chunk(table, 0, tokens, true)))[0].clone();
    }

    @Override
    public void close() {
        model.close();
        arena.close();
        workers.close();
    }
}
