package telos.inference.chat;

import java.util.Optional;
import java.util.OptionalInt;
import telos.inference.tokenizer.Tokenizer;

/**
 * The control tokens of the operator protocol, in which a model names its move before it makes it: {@code <|call|>} and
 * a tool call, or {@code <|say|>} and an answer, either closed by {@code <|end|>}. In an answer {@code <|quote|>} stands
 * for the last tool result.
 */
record OperatorTokens(int user, int call, int result, int say, int quote, int end) {
    /** Present when the vocabulary has them all. */
    static Optional<OperatorTokens> of(Tokenizer tokenizer) {
        int[] tokens = new int[6];
        String[] names = {"<|user|>", "<|call|>", "<|result|>", "<|say|>", "<|quote|>", "<|end|>"};
        for (int i = 0; i < names.length; i++) {
            OptionalInt token = tokenizer.token(names[i]);
            if (token.isEmpty()) {
                return Optional.empty();
            }
            tokens[i] = token.getAsInt();
        }
        return Optional.of(new OperatorTokens(tokens[0], tokens[1], tokens[2], tokens[3], tokens[4], tokens[5]));
    }
}
