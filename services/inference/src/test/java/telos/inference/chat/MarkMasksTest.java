package telos.inference.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.inference.tokenizer.Boundary;
import telos.inference.tokenizer.BpeTrainer;
import telos.inference.tokenizer.Tokenizer;

class MarkMasksTest {
    private static Tokenizer tokenizer(List<String> control) {
        BpeTrainer trainer =
                new BpeTrainer(new BpeTrainer.Options(330, control, List.of(), "<|end|>", Boundary.LETTERS));
        trainer.add(
                "<tool_call><tool_call> tool_call>x l>{ <tool_call>y <tool <tool_call>y [TOOL_CALLS] [TOOL_CALLS][");
        return Tokenizer.of(trainer.train());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"<tool_call>", "[TOOL_CALLS]"})
    void leavesOutTheTokensThatWriteMoreThanTheMark(String mark) {
        for (List<String> control : List.of(List.of("<|end|>"), List.of("<|end|>", mark))) {
            Tokenizer tokenizer = tokenizer(control);
            CallStyle style = CallStyle.of(mark, tokenizer);
            MarkMasks masks = MarkMasks.of(tokenizer, style);
            for (int begun = 0; begun < mark.length(); begun++) {
                String rest = mark.substring(begun);
                for (int token = 0; token < tokenizer.size(); token++) {
                    String text =
                            tokenizer.isControl(token) ? tokenizer.name(token) : tokenizer.decode(new int[] {token});
                    int at = text.indexOf(mark);
                    boolean more = (at >= 0 && text.length() > at + mark.length())
                            || (begun > 0 && text.startsWith(rest) && text.length() > rest.length());
                    assertThat(masks.after(begun, false).allows(token))
                            .as("%s after %d", text, begun)
                            .isEqualTo(!more);
                    boolean opens = style.opens().isPresent() && style.opens().getAsInt() == token;
                    assertThat(masks.after(begun, true).allows(token)).isEqualTo(!more && !opens);
                }
            }
        }
    }
}
