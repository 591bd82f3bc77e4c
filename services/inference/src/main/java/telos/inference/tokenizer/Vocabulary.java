package telos.inference.tokenizer;

import java.util.List;
import java.util.OptionalInt;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufWriter;
import telos.inference.gguf.Metadata;

/**
 * All that defines a tokenizer, in the terms of GGUF metadata.
 *
 * @param model {@code gpt2} (byte-level BPE) or {@code llama} (SentencePiece BPE)
 * @param pre the pre-tokenizer, as {@code tokenizer.ggml.pre} names it
 * @param boundary Telos's own narrowing of {@code pre}: {@link Boundary#LETTERS} cuts finer than the file format can say
 * @param tokens by id; byte-level ones in GPT-2's spelling of bytes
 * @param kinds one per token
 * @param scores one per token for {@code llama}, otherwise empty
 * @param merges {@code "left right"}, best first, for {@code gpt2}
 */
public record Vocabulary(
        String model,
        String pre,
        Boundary boundary,
        List<String> tokens,
        List<TokenKind> kinds,
        List<Float> scores,
        List<String> merges,
        SpecialTokens specials) {
    public Vocabulary {
        tokens = List.copyOf(tokens);
        kinds = List.copyOf(kinds);
        scores = List.copyOf(scores);
        merges = List.copyOf(merges);
        if (tokens.isEmpty()) {
            throw new TokenizerException("the vocabulary has no tokens (tokenizer.ggml.tokens)");
        }
        if (kinds.size() != tokens.size()) {
            throw new TokenizerException("the vocabulary has " + tokens.size() + " tokens but " + kinds.size()
                    + " token types (tokenizer.ggml.token_type)");
        }
        if (!scores.isEmpty() && scores.size() != tokens.size()) {
            throw new TokenizerException("the vocabulary has " + tokens.size() + " tokens but " + scores.size()
                    + " scores (tokenizer.ggml.scores)");
        }
        check("bos", specials.bos(), tokens.size());
        check("eos", specials.eos(), tokens.size());
        check("eot", specials.eot(), tokens.size());
        check("unknown", specials.unknown(), tokens.size());
        check("padding", specials.padding(), tokens.size());
    }

    private static void check(String role, OptionalInt token, int size) {
        if (token.isPresent() && (token.getAsInt() < 0 || token.getAsInt() >= size)) {
            throw new TokenizerException("the " + role + " token is " + token.getAsInt()
                    + ", outside the vocabulary of " + size + " tokens (tokenizer.ggml." + role + "_token_id)");
        }
    }

    public int size() {
        return tokens.size();
    }

    /**
     * The vocabulary that a model file carries.
     *
     * @throws TokenizerException when its parts contradict one another
     */
    public static Vocabulary from(Metadata metadata) throws GgufException {
        return VocabularyFile.read(metadata);
    }

    /** Puts all of it among the metadata of a model file. */
    public void writeTo(GgufWriter out) {
        VocabularyFile.write(this, out);
    }
}
