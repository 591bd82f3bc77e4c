package telos.bench;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import telos.inference.model.Chunk;
import telos.kernel.memory.BlockCopy;
import telos.kernel.memory.BlockPool;
import telos.kernel.memory.IsolationKey;
import telos.kernel.scheduling.Batch;
import telos.kernel.scheduling.Limits;
import telos.kernel.scheduling.Line;
import telos.kernel.scheduling.Outcome;
import telos.kernel.scheduling.Request;
import telos.kernel.scheduling.Scheduler;

/**
 * Runs sequences whose tokens are known beforehand through the kernel's scheduler and a model, as an engine would, and
 * keeps the bits of every row of logits as a digest.
 */
final class Replay {
    private static final IsolationKey KEY = new IsolationKey("bench", "bench", "");

    /**
     * A sequence.
     *
     * @param tokens the prompt and what follows it
     * @param prompt how many of them are the prompt
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Script(int id, int[] tokens, int prompt) {}

    /** Where a row of logits stands: behind which token of which script. */
    record Place(int script, int position) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return script != other.script
                    ? Integer.compare(script, other.script)
                    : Integer.compare(position, other.position);
        }
    }

    private final LoadedModel model;
    private final Scheduler scheduler;
    private long sequences;

    /** @param budget tokens of one iteration */
    Replay(LoadedModel model, int blocks, int budget, int atOnce) {
        this.model = model;
        Limits limits = new Limits(budget, atOnce, model.config().context(), 1024);
        this.scheduler = new Scheduler(new BlockPool(blocks), limits, Line.firstComeFirstServed());
    }

    /** Runs the scripts together until all have ended. */
    Map<Place, String> run(List<Script> scripts) {
        Map<Long, Script> running = new TreeMap<>();
        for (Script script : scripts) {
            long sequence = ++sequences;
            int generated = script.tokens.length - script.prompt + 1;
            int[] prompt = java.util.Arrays.copyOf(script.tokens, script.prompt);
            scheduler.submit(new Request(sequence, prompt, generated, KEY));
            running.put(sequence, script);
        }
        Map<Place, String> digests = new TreeMap<>();
        for (Batch batch = scheduler.schedule(); !batch.isEmpty(); batch = scheduler.schedule()) {
            scheduler.apply(step(batch, running, digests));
        }
        return digests;
    }

    private Outcome step(Batch batch, Map<Long, Script> running, Map<Place, String> digests) {
        for (BlockCopy copy : batch.copies()) {
            model.copyBlock(copy.from(), copy.to());
        }
        List<Chunk> chunks = new ArrayList<>();
        for (Batch.Step step : batch.steps()) {
            int[] blocks = scheduler.table(step.sequence()).blocks();
            chunks.add(new Chunk(blocks, step.start(), scheduler.tokens(step), step.logits()));
        }
        float[][] logits = model.forward(chunks);
        List<Outcome.Sampled> sampled = new ArrayList<>();
        for (int i = 0; i < logits.length; i++) {
            Batch.Step step = batch.steps().get(i);
            Script script = running.get(step.sequence());
            if (step.logits() && script != null) {
                int position = step.start() + step.count() - 1;
                boolean last = position == script.tokens.length - 1;
                digests.put(new Place(script.id, position), digest(logits[i]));
                sampled.add(new Outcome.Sampled(step.sequence(), last ? 0 : script.tokens[position + 1], last));
            }
        }
        return new Outcome(sampled, List.of());
    }

    private static String digest(float[] row) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * row.length);
        bytes.asFloatBuffer().put(row);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
            return java.util.HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Prompt tokens that were found in memory so far. */
    long hits() {
        return scheduler.blocks().hitTokens();
    }

    /** How often a sequence lost its blocks so far. */
    long preemptions() {
        return scheduler.preemptions();
    }
}
