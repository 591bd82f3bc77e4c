package telos.inference.tokenizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

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
    static final String BOUNDARY_KEY = "telos.tokenizer.boundary";

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

    /** The same as GGUF metadata: values are String, Integer (uint32), Boolean, and lists of String, Integer (int32) or Float. */
    public Map<String, Object> metadata() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("tokenizer.ggml.model", model);
        out.put("tokenizer.ggml.pre", pre);
        if (boundary == Boundary.LETTERS) {
            out.put(BOUNDARY_KEY, "letters");
        }
        out.put("tokenizer.ggml.tokens", tokens);
        List<Integer> types = new ArrayList<>(kinds.size());
        for (TokenKind kind : kinds) {
            types.add(kind.number());
        }
        out.put("tokenizer.ggml.token_type", types);
        if (!scores.isEmpty()) {
            out.put("tokenizer.ggml.scores", scores);
        }
        if (!merges.isEmpty()) {
            out.put("tokenizer.ggml.merges", merges);
        }
        put(out, "bos", specials.bos());
        put(out, "eos", specials.eos());
        put(out, "eot", specials.eot());
        put(out, "unknown", specials.unknown());
        put(out, "padding", specials.padding());
        out.put("tokenizer.ggml.add_bos_token", specials.addBos());
        out.put("tokenizer.ggml.add_eos_token", false);
        out.put("tokenizer.ggml.add_space_prefix", specials.addSpacePrefix());
        return out;
    }

    private static void put(Map<String, Object> out, String role, OptionalInt token) {
        token.ifPresent(id -> out.put("tokenizer.ggml." + role + "_token_id", id));
    }
}
