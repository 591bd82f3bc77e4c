package telos.inference.chat;

import java.util.List;
import telos.inference.engine.ForwardPass;
import telos.inference.model.Chunk;
import telos.inference.tokenizer.Tokenizer;

/** A model that wants to say one text, whatever it was asked, and takes the likeliest allowed token where it may not. */
final class ScriptedPass implements ForwardPass {
    private final int vocabulary;
    private int[] script = new int[0];
    private int prompt;
    private int last;

    ScriptedPass(Tokenizer tokenizer) {
        vocabulary = tokenizer.size();
    }

    /** Sets the next answer; its last token is repeated if more is asked. */
    void say(int[] tokens) {
        script = tokens.clone();
        prompt = -1;
    }

    int lastPromptLength() {
        return last;
    }

    @Override
    public int vocabulary() {
        return vocabulary;
    }

    @Override
    public void copyBlock(int from, int to) {}

    @Override
    public float[][] forward(List<Chunk> batch) {
        float[][] logits = new float[batch.size()][0];
        for (int i = 0; i < batch.size(); i++) {
            Chunk chunk = batch.get(i);
            if (chunk.output() == Chunk.Output.STATES) {
                logits[i] = new float[2 * chunk.tokens().length];
                for (int t = 0; t < chunk.tokens().length; t++) {
                    logits[i][2 * t] = chunk.tokens()[t];
                    logits[i][2 * t + 1] = 1;
                }
            }
            if (chunk.logits()) {
                int length = chunk.start() + chunk.tokens().length;
                if (prompt < 0) {
                    prompt = length;
                    last = length;
                }
                logits[i] = new float[vocabulary];
                logits[i][script[Math.min(length - prompt, script.length - 1)]] = 1;
            }
        }
        return logits;
    }
}
