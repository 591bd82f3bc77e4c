package telos.inference.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import telos.inference.constraint.TokenTrie;

class CallFormsTest {
    private final CallForms forms = new CallForms(bytes());

    private static TokenTrie bytes() {
        List<byte[]> vocabulary = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            vocabulary.add(new byte[] {(byte) value});
        }
        vocabulary.add(new byte[0]);
        return TokenTrie.of(vocabulary, Set.of(256), Set.of(256));
    }

    private void ask(String constant) throws Dialect.Unspeakable {
        forms.answer(new OutputForm.Schema("{\"const\":\"" + constant + "\"}", false));
    }

    @Test
    void keepsNoMoreFormsThanItMay() throws Dialect.Unspeakable {
        for (int i = 0; i < CallForms.KEPT + 10; i++) {
            ask("number " + i);
        }
        assertThat(forms.size()).isEqualTo(CallForms.KEPT);
        ask("number " + (CallForms.KEPT + 9));
        assertThat(forms.size()).isEqualTo(CallForms.KEPT);
    }

    @Test
    void keepsNoMoreThanALengthOfSources() throws Dialect.Unspeakable {
        int each = CallForms.KEPT_CHARACTERS / 16;
        for (int i = 0; i < 20; i++) {
            ask((char) ('a' + i) + "b".repeat(each - 100));
        }
        assertThat(forms.size()).isEqualTo(16);
    }
}
