package telos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.OutputForm;
import telos.inference.chat.ToolChoice;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.Message;
import telos.upstream.UpstreamRequest;

class UpstreamModelTest {
    private static UpstreamRequest sent(SamplingOptions sampling, boolean parallelCalls) {
        return UpstreamModel.sent(new ChatRequest(
                List.of(new Message.User("x")),
                List.of(),
                new ToolChoice.Auto(),
                parallelCalls,
                new OutputForm.Free(),
                sampling,
                OptionalInt.empty(),
                "local"));
    }

    @Test
    void passesOnWhateverWasAskedFor() {
        UpstreamRequest request = sent(
                SamplingOptions.greedy(9).withSeed(7).withCuts(40, 0.9, 0.1).withPenalties(1.1, 0.5, -0.5, 64), false);
        assertThat(request.numbers())
                .containsEntry("seed", 7L)
                .containsEntry("top_k", 40)
                .containsEntry("top_p", 0.9)
                .containsEntry("min_p", 0.1)
                .containsEntry("repetition_penalty", 1.1)
                .containsEntry("frequency_penalty", 0.5)
                .containsEntry("presence_penalty", -0.5);
        assertThat(request.parallelCalls()).isFalse();
    }

    @Test
    void leavesOutWhatNobodyAskedFor() {
        assertThat(sent(SamplingOptions.greedy(9), true).numbers()).containsOnlyKeys("temperature", "max_tokens");
    }
}
