package telos.inference.chat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import telos.inference.sampling.Likelihood;
import telos.inference.tokenizer.Tokenizer;

/** Passes a turn on to whoever hears it: text together with the probabilities of the tokens since the last text. */
final class Hearing implements TurnReader.Sink {
    private final Tokenizer tokenizer;
    private final ChatListener listener;
    private final List<TokenProbability> all = new ArrayList<>();
    private final List<TokenProbability> untold = new ArrayList<>();

    Hearing(Tokenizer tokenizer, ChatListener listener) {
        this.tokenizer = tokenizer;
        this.listener = listener;
    }

    /** Takes note of a token; control tokens are no part of what is heard. */
    void token(int token, Likelihood likelihood) {
        if (tokenizer.isControl(token)) {
            return;
        }
        TokenProbability probability = new TokenProbability(
                text(token),
                tokenizer.bytes(token),
                likelihood.logprob(),
                likelihood.alternatives().stream()
                        .map(other -> new TokenProbability(
                                text(other.token()), tokenizer.bytes(other.token()), other.logprob(), List.of()))
                        .toList());
        all.add(probability);
        untold.add(probability);
    }

    private String text(int token) {
        return tokenizer.isControl(token)
                ? tokenizer.name(token)
                : new String(tokenizer.bytes(token), StandardCharsets.UTF_8);
    }

    @Override
    public void text(String delta) throws IOException {
        if (!delta.isEmpty()) {
            List<TokenProbability> told = List.copyOf(untold);
            untold.clear();
            listener.text(delta, told);
        }
    }

    @Override
    public void call(int index, String id, String name, String argumentsDelta) throws IOException {
        listener.call(index, id, name, argumentsDelta);
    }

    void waiting() throws IOException {
        listener.waiting();
    }

    /** Every token of the turn whose probability was told. */
    List<TokenProbability> tokens() {
        return all;
    }
}
