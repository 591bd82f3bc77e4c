package telos.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import telos.kernel.Message;
import telos.kernel.ToolCall;

final class ExactCallsTest {
    private static final ToolCall LAST_TEN = call("tail", "{\"path\":\"a.md\"}");

    @Test
    void countsACallThatMeansTheSameOnceDefaultsAreFilledIn() {
        assertThat(exact(LAST_TEN, call("tail", "{ \"lines\": 10, \"path\": \"a.md\" }")))
                .isTrue();
    }

    @Test
    void doesNotCountAnotherToolOrOtherArgumentsOrAnInvalidCallOrTwo() {
        assertThat(exact(LAST_TEN, call("head", "{\"path\":\"a.md\"}"))).isFalse();
        assertThat(exact(LAST_TEN, call("tail", "{\"path\":\"a.md\",\"lines\":5}")))
                .isFalse();
        assertThat(exact(LAST_TEN, call("tail", "{}"))).isFalse();
        assertThat(exact(LAST_TEN, LAST_TEN, LAST_TEN)).isFalse();
        assertThat(exact(LAST_TEN)).isFalse();
    }

    @Test
    void countsWordsWhereNoCallIsRightButNotSilence() {
        assertThat(ExactCalls.exact(Optional.empty(), new Message.Assistant("No.", List.of())))
                .isTrue();
        assertThat(ExactCalls.exact(Optional.empty(), new Message.Assistant("", List.of())))
                .isFalse();
        assertThat(ExactCalls.exact(Optional.empty(), new Message.Assistant("", List.of(LAST_TEN))))
                .isFalse();
    }

    private static boolean exact(ToolCall expected, ToolCall... actual) {
        return ExactCalls.exact(Optional.of(expected), new Message.Assistant("", List.of(actual)));
    }

    private static ToolCall call(String name, String arguments) {
        return new ToolCall("1", name, arguments);
    }
}
