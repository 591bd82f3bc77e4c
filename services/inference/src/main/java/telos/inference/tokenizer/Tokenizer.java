package telos.inference.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import telos.inference.gguf.GgufException;
import telos.inference.gguf.GgufFile;

/** Text to tokens and back for one vocabulary. Immutable; any number of threads may use it. */
public final class Tokenizer {
    /** Control tokens that end a model's turn, as the model families spell them. */
    private static final Set<String> ENDS = Set.of(
            "<|eot_id|>",
            "<|eom_id|>",
            "<|end_of_text|>",
            "<|im_end|>",
            "<|end|>",
            "<|endoftext|>",
            "<end_of_turn>",
            "<|END_OF_TURN_TOKEN|>",
            "<|return|>",
            "</s>",
            "<EOT>",
            "<eos>");

    /** Texts of so many characters are encoded one at a time, so that they leave the processor to others. */
    private static final int LARGE = 1 << 16;

    private final ReentrantLock large = new ReentrantLock(true);
    private final Vocabulary vocabulary;
    private final TextEncoder encoder;
    private final SpecialMatcher specials = new SpecialMatcher();
    private final Map<String, Integer> ids = new HashMap<>();
    private final byte[][] bytes;
    private final Set<Integer> endOfGeneration;

    private Tokenizer(Vocabulary vocabulary, TextEncoder encoder) {
        this.vocabulary = vocabulary;
        this.encoder = encoder;
        this.bytes = new byte[vocabulary.size()][];
        Set<Integer> ends = new LinkedHashSet<>();
        vocabulary.specials().eos().ifPresent(ends::add);
        vocabulary.specials().eot().ifPresent(ends::add);
        for (int token = 0; token < bytes.length; token++) {
            String text = vocabulary.tokens().get(token);
            TokenKind kind = vocabulary.kinds().get(token);
            ids.putIfAbsent(text, token);
            switch (kind) {
                case CONTROL, UNKNOWN -> {
                    specials.add(text, token, false);
                    bytes[token] = new byte[0];
                    if (ENDS.contains(text)) {
                        ends.add(token);
                    }
                }
                case USER_DEFINED -> {
                    bytes[token] = encoder.bytes(text, kind);
                    specials.add(new String(bytes[token], StandardCharsets.UTF_8), token, true);
                }
                case UNUSED -> bytes[token] = new byte[0];
                case NORMAL, BYTE -> bytes[token] = encoder.bytes(text, kind);
            }
        }
        this.endOfGeneration = Set.copyOf(ends);
    }

    /**
     * The tokenizer of a vocabulary.
     *
     * @throws TokenizerException when the vocabulary names a kind of tokenizer that Telos does not know
     */
    public static Tokenizer of(Vocabulary vocabulary) {
        return new Tokenizer(
                vocabulary,
                switch (vocabulary.model()) {
                    case "gpt2" -> {
                        PreTokenizer pre = PreTokenizer.named(vocabulary.pre());
                        boolean wholeWords = pre instanceof LlamaScanner scanner && scanner.wholeWords();
                        boolean letters = vocabulary.boundary() == Boundary.LETTERS;
                        yield new ByteEncoder(vocabulary, letters ? new LetterScanner() : pre, wholeWords);
                    }
                    case "llama" -> new SentenceEncoder(vocabulary);
                    default ->
                        throw new TokenizerException("the tokenizer '" + vocabulary.model()
                                + "' (tokenizer.ggml.model) is not known to Telos; known are gpt2 and llama");
                });
    }

    /** The tokenizer that a model file describes. */
    public static Tokenizer from(GgufFile file) throws GgufException {
        try {
            return of(Vocabulary.from(file.metadata()));
        } catch (TokenizerException e) {
            throw new GgufException(file.path() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Encodes one text.
     *
     * @param parseSpecial whether control tokens are read out of the text; false for whatever Telos did not write
     */
    public int[] encode(String text, boolean parseSpecial) {
        return encode(List.of(new Piece(text, parseSpecial)));
    }

    /**
     * Encodes the pieces as one text: merges may cross from piece to piece, but a control token is only read where all
     * of it is trusted.
     */
    public int[] encode(List<Piece> pieces) {
        StringBuilder joined = new StringBuilder();
        for (Piece piece : pieces) {
            joined.append(piece.text());
        }
        String text = joined.toString();
        if (text.length() < LARGE) {
            return encode(text, pieces);
        }
        large.lock();
        try {
            return encode(text, pieces);
        } finally {
            large.unlock();
        }
    }

    private int[] encode(String text, List<Piece> pieces) {
        TokenList out = new TokenList();
        int trustedTo = 0;
        int pieceEnd = 0;
        int piece = 0;
        int start = 0;
        boolean first = true;
        for (int at = 0; at < text.length(); ) {
            while (at >= pieceEnd) {
                pieceEnd += pieces.get(piece).text().length();
                piece++;
            }
            if (at >= trustedTo && pieces.get(piece - 1).trusted()) {
                trustedTo = pieceEnd;
                for (int p = piece; p < pieces.size() && pieces.get(p).trusted(); p++) {
                    trustedTo += pieces.get(p).text().length();
                }
            }
            long match = specials.match(text, at, trustedTo);
            if (match < 0) {
                at++;
                continue;
            }
            if (at > start) {
                encoder.encode(text, start, at, first, out);
            }
            out.add((int) match);
            at = (int) (match >> 32);
            start = at;
            first = true;
        }
        if (start < text.length()) {
            encoder.encode(text, start, text.length(), first, out);
        }
        return out.toArray();
    }

    /** The text of the tokens; control tokens have none, and bytes that are no UTF-8 become U+FFFD. */
    public String decode(int[] tokens) {
        StreamDecoder decoder = new StreamDecoder(this);
        StringBuilder out = new StringBuilder();
        for (int token : tokens) {
            out.append(decoder.accept(token));
        }
        return out.append(decoder.finish()).toString();
    }

    /** The bytes that the token stands for in text; none for a control token. */
    public byte[] bytes(int token) {
        return raw(token).clone();
    }

    byte[] raw(int token) {
        if (token < 0 || token >= bytes.length) {
            throw new IllegalArgumentException("token " + token + " is outside the vocabulary of " + bytes.length);
        }
        return bytes[token];
    }

    /** The token whose name is exactly this, spelled as the vocabulary spells it. */
    public OptionalInt token(String exact) {
        Integer id = ids.get(exact);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The token's name, spelled as the vocabulary spells it. */
    public String name(int token) {
        return vocabulary.tokens().get(token);
    }

    public int size() {
        return bytes.length;
    }

    public OptionalInt bos() {
        return vocabulary.specials().bos();
    }

    public OptionalInt eos() {
        return vocabulary.specials().eos();
    }

    /** Whether the model expects {@link #bos} before its input; {@code encode} never adds it. */
    public boolean addBos() {
        return vocabulary.specials().addBos() && bos().isPresent();
    }

    /** The tokens after {@link #bos}, where the model expects it and it does not stand there yet. */
    public int[] withBegin(int[] tokens) {
        if (!addBos() || (tokens.length > 0 && tokens[0] == bos().getAsInt())) {
            return tokens;
        }
        int[] longer = new int[tokens.length + 1];
        longer[0] = bos().getAsInt();
        System.arraycopy(tokens, 0, longer, 1, tokens.length);
        return longer;
    }

    public boolean isControl(int token) {
        return vocabulary.kinds().get(token) == TokenKind.CONTROL;
    }

    /** The tokens after which a model has said all it wants to say. */
    public Set<Integer> endOfGeneration() {
        return endOfGeneration;
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    boolean stripsLeadingSpace() {
        return encoder instanceof SentenceEncoder && vocabulary.specials().addSpacePrefix();
    }
}
