package telos.server;

import java.nio.file.Path;
import telos.devices.cpu.KvStore;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;
import telos.inference.model.Fit;
import telos.inference.model.MemoryNeed;
import telos.inference.model.ModelConfig;

/**
 * What loading a model file would take, before anything is allocated.
 *
 * @param context the longest sequence in tokens
 * @param blocks of KV memory
 * @param fit whether it goes into the memory that was available when the plan was made
 */
record ModelPlan(Path file, GgufFile gguf, ModelConfig config, int context, int blocks, Fit fit) {
    private static final int DEFAULT_SEQUENCES = 16;
    private static final int DEFAULT_CONTEXT = 8192;
    private static final int KV_SHARE = 4;

    /** @throws GgufException if the file is no model that Telos runs */
    static ModelPlan of(Path file, DaemonOptions options) throws GgufException {
        GgufFile gguf = GgufFile.read(file);
        ModelConfig config = ModelConfig.of(gguf);
        int context = options.context() == 0
                ? Math.min(config.context(), DEFAULT_CONTEXT)
                : Math.min(config.context(), options.context());
        long available = HostMemory.available();
        int blocks = blocks(config, context, options.kvMemoryBytes(), available);
        Fit fit = MemoryNeed.of(gguf, config, blocks * KvStore.BLOCK_TOKENS).in(available);
        return new ModelPlan(file, gguf, config, context, blocks, fit);
    }

    /** As many blocks as were asked for, or as some sequences of full length take, within a share of what is free. */
    private static int blocks(ModelConfig config, int context, long asked, long available) {
        long bytes = config.kvBytesPerToken() * KvStore.BLOCK_TOKENS;
        if (asked > 0) {
            return Math.clamp(asked / bytes, 1, Integer.MAX_VALUE / KvStore.BLOCK_TOKENS);
        }
        int wanted = Math.ceilDiv(context, KvStore.BLOCK_TOKENS) * DEFAULT_SEQUENCES;
        return Math.clamp(available / KV_SHARE / bytes, 1, wanted);
    }
}
