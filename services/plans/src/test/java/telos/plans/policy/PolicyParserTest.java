package telos.plans.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import telos.kernel.security.Readers;
import telos.kernel.security.policy.PolicyRule;
import telos.kernel.security.policy.Wording;

class PolicyParserTest {
    @Test
    void readsRulesLimitsGroupsAndTests() {
        PolicyText text = Reading.accepted("""
                # Payments.
                group family = "ann", "ben"
                group all = family, "cy"

                permit pay, transfer
                  when to is trusted and amount <= 100 and (note is not given or note may be read by whom to names)
                  unless each to ends with "@evil.example"
                  even if amount is untrusted
                  because "small sums"
                ask pay when amount > 100
                forbid "pay me*"
                limit pay to 3 calls per run
                limit pay, transfer to 1000.50 of amount per run
                test "t"
                  expect permit pay with to = "ann" (trusted, for all), amount = 3, note = null
                  expect deny pay with to = ["ann", 2] decided by (untrusted, for everyone)
                """);
        assertThat(text.groups()).containsEntry("all", Readers.of("ann", "ben", "cy"));
        assertThat(text.rules()).hasSize(3);
        PolicyRule first = text.rules().getFirst();
        assertThat(Wording.of(first.condition()))
                .isEqualTo(
                        "(to is trusted and amount <= 100 and (not note is given or note may be read by whom to names))"
                                + " and not each to ends with \"@evil.example\"");
        assertThat(first.evenIfUntrusted()).containsExactly("amount");
        assertThat(text.limits()).hasSize(2);
        assertThat(text.tests().getFirst().calls()).hasSize(2);
        assertThat(text.named()).containsExactlyInAnyOrder("pay", "transfer");
    }

    @Test
    void namesThatAreWordsOfTheLanguageStandInBackquotes() {
        PolicyText text = Reading.accepted("permit \"ask\" when `call` is 1 and length of `any` < 3");
        assertThat(text.rules().getFirst().reads()).containsExactly("call", "any");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "allow send;line 1, column 1: found 'allow'; expected permit, forbid, ask, limit, group or test",
                "permit when x is trusted;line 1, column 8: found 'when'; expected the name of a tool",
                "permit send when;line 1, column 17: found the end of the text",
                "permit send when x;expected is, is not, may be read by",
                "permit send when x == 1;values are compared with 'is' and 'is not'; write: x is …",
                "permit send when x = 1;values are compared with 'is'",
                "permit send when a is 1 and b is 2 or c is 3;'and' and 'or' stand side by side; put what belongs together",
                "permit send when (a is 1;to close the one at line 1, column 18",
                "permit send when x may be read by team;there is no group 'team' above; write \"team\" for a principal",
                "permit send when x may be read by \"*\";for everyone write: everyone",
                "permit send when x may be read by \"a\", everyone;leave the others out",
                "permit send when x matches \"(?=a)\";the pattern cannot be read",
                "permit send when x matches \"((a{100}){100}){100}\";repetitions of a pattern come to more than 1000",
                "permit send when x is under \"a/../b\";without '..' in it",
                "permit send when x < \"a\";expected a number",
                "permit send when x is 1 when y is 2;a rule has one 'when'; join the two with 'and'",
                "permit send unless x is 1 when y is 2;'when' stands before 'unless'",
                "permit send when x is 1 even if y is untrusted;it looks at x",
                "permit send when any is 1;found 'is'; expected",
                "permit send when size of x is 1;'length of', 'domain of' or 'host of'",
                "limit send to 3;'calls', or 'of' and the argument that is added up",
                "limit send to 3 calls;'per'",
                "limit send to 1.5 calls per run;a whole number of calls",
                "limit send to -1 of x per run;0 or more",
                "group a = everyone;write 'everyone' where everyone is meant",
                "group a = \"x\" group a = \"y\";there already is a group 'a'",
                "test \"t\";'expect' and what must become of a call",
                "test \"t\" expect forbid send;write deny",
                "test \"t\" expect permit send with x = 1, x = 2;given twice",
                "test \"t\" expect permit send with x = 1 (high, for everyone);user, trusted or untrusted",
                "permit send when x is \"a;a text in double quotes ends on its line",
                "permit send when x is \"a\\q\";write \\\\ for a backslash",
                "permit send when x is 'a';has no meaning here; texts stand in double quotes",
                "permit send when x is 12abc;a number has digits",
                "permit send when x is 1.2.3;is no number",
                "permit sénd when é is ☃;the character U+2603 has no meaning here",
            })
    void saysWhatIsWrongWhereAndHowToMendIt(String text, String told) {
        assertThat(Reading.refused(text).describe()).contains(told);
    }

    @Test
    void boundsWhatItReads() {
        String deep = "permit a when " + "(".repeat(100_000) + "x is 1" + ")".repeat(100_000);
        assertThat(Reading.refused(deep).describe()).contains("at most 50 deep");
        assertThat(Reading.refused("permit a when " + "not ".repeat(100_000) + "x is 1")
                        .describe())
                .contains("at most 50 deep");
        assertThat(Reading.refused("permit a ".repeat(20_000)).describe()).contains("at most 10000 statements");
        assertThat(Reading.refused("#".repeat(2 << 20)).describe()).contains("at most 1048576 bytes");
        assertThat(Reading.refused("permit a when x is \"" + "a".repeat(20_000) + "\"")
                        .describe())
                .contains("at most 10000 characters");
        assertThat(Reading.refused("permit a when x is one of " + "1, ".repeat(20_000) + "1")
                        .describe())
                .contains("at most 10000 elements");
        assertThat(PolicyParser.read(new byte[] {(byte) 0xff})).isInstanceOf(PolicyRead.Refused.class);
        assertThat(PolicyParser.read("permit a".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(PolicyRead.Accepted.class);
    }

    @Test
    void aTestThatFailsSaysWhatWasFoundInstead() {
        PolicyText text = Reading.accepted("""
                permit send when x may be read by everyone
                limit send to 1 call per run
                test "fine" expect permit send with x = 1 expect deny send with x = 1
                test "not fine" expect permit send with x = 1 (trusted, for "alice")
                """);
        List<PolicyTests.Failure> failures = PolicyTests.run(text, text.tests());
        assertThat(failures).singleElement().satisfies(each -> {
            assertThat(each.test()).isEqualTo("not fine");
            assertThat(each.place().line()).isEqualTo(4);
            assertThat(each.message())
                    .contains("expected permit, found deny")
                    .contains("x may be read by everyone, and only alice may");
        });
    }
}
