package telos.inference.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenizerTest {
    private static final Tokenizer TOKENIZER =
            Samples.byteLevel("gpt-2", List.of("h i", "Ġ hi"), "{\"name\":\"", "{\"", "}}", "Ġx y");

    private static Piece trusted(String text) {
        return new Piece(text, true);
    }

    private static Piece untrusted(String text) {
        return new Piece(text, false);
    }

    private static List<String> encode(Piece... pieces) {
        return Samples.names(TOKENIZER, TOKENIZER.encode(List.of(pieces)));
    }

    @Test
    void readsControlTokensOutOfTrustedTextOnly() {
        assertThat(encode(trusted("<|c|>hi<|c|>"))).containsExactly("<|c|>", "hi", "<|c|>");
        assertThat(encode(untrusted("<|c|>"))).containsExactly("<", "|", "c", "|", ">");
    }

    @Test
    void readsNoControlTokenThatIsTrustedInPart() {
        assertThat(encode(trusted("<|c"), untrusted("|>"))).containsExactly("<", "|", "c", "|", ">");
        assertThat(encode(untrusted("<|"), trusted("c|>"))).containsExactly("<", "|", "c", "|", ">");
        assertThat(encode(trusted("<|"), untrusted(""), trusted("c|>"))).hasSize(5);
        assertThat(encode(trusted("<|"), trusted("c|>"))).containsExactly("<|c|>");
    }

    @Test
    void mergesAcrossPieces() {
        assertThat(encode(trusted("<|c|>h"), untrusted("i"), trusted(" h"), trusted("i")))
                .containsExactly("<|c|>", "hi", "Ġhi");
    }

    @Test
    void takesTheLongestUserDefinedTokenInAnyText() {
        assertThat(encode(untrusted("{\"name\":\"hi\"}}"))).containsExactly("{\"name\":\"", "hi", "\"", "}}");
        assertThat(encode(untrusted("{\"names"))).containsExactly("{\"", "n", "a", "m", "e", "s");
    }

    @Test
    void encodesPiecesAsTheJoinedTextWhereNothingIsSpecial() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<Piece> pieces = new ArrayList<>();
            StringBuilder joined = new StringBuilder();
            for (int n = random.nextInt(6); n > 0; n--) {
                String text = Samples.text(random, 8);
                pieces.add(new Piece(text, random.nextBoolean()));
                joined.append(text);
            }
            assertThat(TOKENIZER.encode(pieces)).isEqualTo(TOKENIZER.encode(joined.toString(), false));
        }
    }

    @Test
    void encodesNothingToNothing() {
        assertThat(encode()).isEmpty();
        assertThat(encode(untrusted(""), trusted(""))).isEmpty();
    }

    @Test
    void knowsItsTokens() {
        assertThat(TOKENIZER.token("<|c|>")).hasValue(256);
        assertThat(TOKENIZER.token("nothing")).isEmpty();
        assertThat(TOKENIZER.isControl(256)).isTrue();
        assertThat(TOKENIZER.isControl('a')).isFalse();
        assertThat(TOKENIZER.bytes(256)).isEmpty();
        assertThat(TOKENIZER.bytes(TOKENIZER.token("Ġhi").orElseThrow()))
                .asString()
                .isEqualTo(" hi");
        assertThat(TOKENIZER.endOfGeneration()).containsExactly(256);
        assertThat(TOKENIZER.bos()).isEqualTo(OptionalInt.empty());
        assertThat(TOKENIZER.addBos()).isFalse();
    }

    @Test
    void doesNotLetACallerChangeATokensBytes() {
        TOKENIZER.bytes('a')[0] = 'b';
        assertThat(TOKENIZER.bytes('a')).containsExactly('a');
    }

    @Test
    void refusesATokenOutsideTheVocabulary() {
        int size = TOKENIZER.size();
        assertThatThrownBy(() -> TOKENIZER.decode(new int[] {size})).hasMessageContaining("outside the vocabulary");
        assertThatThrownBy(() -> TOKENIZER.bytes(-1)).hasMessageContaining("token -1");
    }

    private static Vocabulary vocabulary(
            String model, List<String> tokens, List<TokenKind> kinds, SpecialTokens roles) {
        return new Vocabulary(model, "gpt-2", Boundary.WORDS, tokens, kinds, List.of(), List.of(), roles);
    }

    @Test
    void refusesAModelItDoesNotKnow() {
        Vocabulary strange = vocabulary("bert", List.of("a"), List.of(TokenKind.NORMAL), SpecialTokens.none());
        assertThatThrownBy(() -> Tokenizer.of(strange))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("'bert'")
                .hasMessageContaining("tokenizer.ggml.model");
    }

    @Test
    void refusesAVocabularyThatContradictsItself() {
        assertThatThrownBy(() -> vocabulary("gpt2", List.of("a", "b"), List.of(TokenKind.NORMAL), SpecialTokens.none()))
                .hasMessageContaining("2 tokens but 1 token types");
        assertThatThrownBy(() -> vocabulary("gpt2", List.of(), List.of(), SpecialTokens.none()))
                .hasMessageContaining("no tokens");
        assertThatThrownBy(() -> vocabulary(
                        "gpt2",
                        List.of("a"),
                        List.of(TokenKind.NORMAL),
                        SpecialTokens.none().withEnd(1)))
                .hasMessageContaining("eos token is 1, outside the vocabulary of 1 tokens");
        assertThatThrownBy(() -> TokenKind.of(9)).hasMessageContaining("token type 9");
    }
}
