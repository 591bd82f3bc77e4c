package telos.inference.tokenizer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufWriter;
import telos.inference.gguf.Metadata;

/** A vocabulary as GGUF metadata: the keys under {@code tokenizer.ggml}. What a file leaves out is as llama.cpp has it. */
final class VocabularyFile {
    private static final String MODEL = "tokenizer.ggml.model";
    private static final String PRE = "tokenizer.ggml.pre";
    private static final String TOKENS = "tokenizer.ggml.tokens";
    private static final String KINDS = "tokenizer.ggml.token_type";
    private static final String SCORES = "tokenizer.ggml.scores";
    private static final String MERGES = "tokenizer.ggml.merges";
    private static final String ADD_BOS = "tokenizer.ggml.add_bos_token";
    private static final String SPACE_PREFIX = "tokenizer.ggml.add_space_prefix";
    private static final String BOUNDARY = "telos.tokenizer.boundary";
    /** What some writers put where there is no such token. */
    private static final long NO_TOKEN = 0xFFFF_FFFFL;

    private VocabularyFile() {}

    static Vocabulary read(Metadata metadata) throws GgufException {
        String model = metadata.requiredString(MODEL);
        boolean sentencePiece = model.equals("llama");
        String pre = metadata.string(PRE).orElse("default");
        List<String> tokens = metadata.strings(TOKENS);
        if (tokens.isEmpty()) {
            throw metadata.missing(TOKENS);
        }
        List<TokenKind> kinds = new ArrayList<>(tokens.size());
        for (int number : metadata.integers(KINDS)) {
            kinds.add(TokenKind.of(number));
        }
        if (kinds.isEmpty()) {
            kinds.addAll(Collections.nCopies(tokens.size(), TokenKind.NORMAL));
        }
        List<Float> scores = new ArrayList<>();
        for (float score : metadata.floats(SCORES)) {
            scores.add(score);
        }
        if (sentencePiece && scores.isEmpty()) {
            throw metadata.missing(SCORES);
        }
        List<String> merges = metadata.strings(MERGES);
        if (model.equals("gpt2") && !metadata.contains(MERGES)) {
            throw metadata.missing(MERGES);
        }
        SpecialTokens specials = new SpecialTokens(
                special(metadata, "bos", sentencePiece ? 1 : -1),
                special(metadata, "eos", sentencePiece ? 2 : -1),
                special(metadata, "eot", -1),
                special(metadata, "unknown", sentencePiece ? 0 : -1),
                special(metadata, "padding", -1),
                metadata.flag(ADD_BOS, sentencePiece || PreTokenizer.startsWithBos(pre)),
                metadata.flag(SPACE_PREFIX, sentencePiece));
        boolean letters = metadata.string(BOUNDARY).filter("letters"::equals).isPresent();
        Boundary boundary = letters ? Boundary.LETTERS : Boundary.WORDS;
        return new Vocabulary(model, pre, boundary, tokens, kinds, scores, merges, specials);
    }

    private static OptionalInt special(Metadata metadata, String role, int fallback) throws GgufException {
        OptionalLong id = metadata.integer(key(role));
        if (id.isPresent()) {
            long token = id.getAsLong();
            boolean none = token == -1 || token == NO_TOKEN;
            return none ? OptionalInt.empty() : OptionalInt.of((int) Math.min(token, Integer.MAX_VALUE));
        }
        return fallback < 0 ? OptionalInt.empty() : OptionalInt.of(fallback);
    }

    private static String key(String role) {
        return "tokenizer.ggml." + role + "_token_id";
    }

    static void write(Vocabulary vocabulary, GgufWriter out) {
        out.string(MODEL, vocabulary.model());
        out.string(PRE, vocabulary.pre());
        if (vocabulary.boundary() == Boundary.LETTERS) {
            out.string(BOUNDARY, "letters");
        }
        out.strings(TOKENS, vocabulary.tokens());
        out.integers(
                KINDS, vocabulary.kinds().stream().mapToInt(TokenKind::number).toArray());
        List<Float> scores = vocabulary.scores();
        if (!scores.isEmpty()) {
            float[] numbers = new float[scores.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = scores.get(i);
            }
            out.numbers(SCORES, numbers);
        }
        if (vocabulary.model().equals("gpt2")) {
            out.strings(MERGES, vocabulary.merges());
        }
        SpecialTokens specials = vocabulary.specials();
        specials.bos().ifPresent(token -> out.integer(key("bos"), token));
        specials.eos().ifPresent(token -> out.integer(key("eos"), token));
        specials.eot().ifPresent(token -> out.integer(key("eot"), token));
        specials.unknown().ifPresent(token -> out.integer(key("unknown"), token));
        specials.padding().ifPresent(token -> out.integer(key("padding"), token));
        out.flag(ADD_BOS, specials.addBos());
        out.flag(SPACE_PREFIX, specials.addSpacePrefix());
    }
}
