package telos.inference.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import telos.kernel.ToolCall;

class CallReaderTest {
    private static final String TWO = "[{\"name\": \"a\", \"arguments\": {\"x\": \"}{\\\"\", \"y\": [1, {}]}}, "
            + "{\"name\": \"b\\u0041\", \"parameters\": {}}]";

    private final List<String> pieces = new ArrayList<>();
    private final TurnReader.Sink sink = new TurnReader.Sink() {
        @Override
        public void text(String delta) {
            pieces.add(delta);
        }

        @Override
        public void call(int index, String id, String name, String argumentsDelta) {
            pieces.add(index + (id.isEmpty() ? "" : "#") + "|" + name + "|" + argumentsDelta);
        }
    };

    private static CallReader read(String text, int cut, TurnReader.Sink sink) throws IOException {
        CallReader reader = new CallReader(24);
        for (int at = 0; at < text.length(); at += cut) {
            reader.accept(text.substring(at, Math.min(text.length(), at + cut)), sink);
        }
        return reader;
    }

    @Test
    void readsTheSameHoweverTheTextIsCut() throws IOException {
        for (int cut = 1; cut <= TWO.length(); cut++) {
            CallReader reader = read(TWO, cut, sink);
            assertThat(reader.calls()).extracting(ToolCall::name).containsExactly("a", "bA");
            assertThat(reader.calls())
                    .extracting(ToolCall::arguments)
                    .containsExactly("{\"x\": \"}{\\\"\", \"y\": [1, {}]}", "{}");
            assertThat(reader.broken()).isFalse();
        }
    }

    @Test
    void tellsTheNameOnceAndThenArguments() throws IOException {
        read(TWO, 7, sink);
        assertThat(pieces).filteredOn(piece -> piece.contains("#")).containsExactly("0#|a|", "1#|bA|");
        StringBuilder first = new StringBuilder();
        pieces.stream()
                .filter(piece -> piece.startsWith("0||"))
                .forEach(piece -> first.append(piece.substring("0||".length())));
        assertThat(first).hasToString("{\"x\": \"}{\\\"\", \"y\": [1, {}]}");
    }

    @Test
    void aCallThatBreaksOffIsNoCall() throws IOException {
        CallReader reader = read("{\"name\":\"a\",\"arguments\":{\"x\":", 3, sink);
        assertThat(reader.calls()).isEmpty();
        assertThat(reader.broken()).isTrue();
        assertThat(pieces).contains("0#|a|");
    }

    @Test
    void identitiesHaveTheLengthThatTheFamilyWants() throws IOException {
        CallReader nine = new CallReader(9);
        nine.accept("{\"name\":\"a\",\"arguments\":{}}", sink);
        assertThat(nine.calls().getFirst().id()).matches("[0-9a-f]{9}");
        assertThat(read(TWO, 1, sink).calls().getFirst().id()).matches("call_[0-9a-f]{24}");
    }
}
