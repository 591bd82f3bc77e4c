package telos.kernel.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlowCheckTest {
    private static Readers noneNamed(String name) {
        throw new AssertionError(name + " was asked for");
    }

    private static final Label SECRET =
            Label.of(Integrity.TRUSTED, Readers.of("alice", "bob")).from(Source.tool("read_mail"));

    private static Verdict check(Label label, Rule rule) {
        return FlowCheck.check("send", "x", label, rule, FlowCheckTest::noneNamed);
    }

    @Test
    void letsThroughWhatTheRuleAdmits() {
        assertThat(check(SECRET, Rule.told(Readers.of("bob")))).isInstanceOf(Verdict.Allowed.class);
        assertThat(check(SECRET, Rule.told(Readers.NOBODY))).isInstanceOf(Verdict.Allowed.class);
        assertThat(check(SECRET, Rule.trusted(Integrity.TRUSTED))).isInstanceOf(Verdict.Allowed.class);
        assertThat(check(Label.BOTTOM, Rule.told(Readers.EVERYONE))).isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void deniesWhoMayNotReadAndSaysFromWhere() {
        assertThat(check(SECRET, Rule.told(Readers.EVERYONE)))
                .isEqualTo(new Verdict.Denied(
                        "send",
                        "x",
                        "argument 'x' of send would be told to everyone, and may be read by alice, bob only"
                                + " (from tool read_mail)"));
        assertThat(check(SECRET, Rule.told(Readers.of("bob", "eve")))).isInstanceOf(Verdict.Denied.class);
    }

    @Test
    void deniesWhatIsNotTrustedEnough() {
        Label page = Label.of(Integrity.UNTRUSTED, Readers.EVERYONE).from(Source.tool("read_page"));

        assertThat(FlowCheck.check(
                        "pay", FlowCheck.CALL, page, Rule.trusted(Integrity.TRUSTED), FlowCheckTest::noneNamed))
                .isEqualTo(new Verdict.Denied(
                        "pay",
                        "call",
                        "the decision to call pay must be trusted, and is untrusted (from tool read_page)"));
    }

    @Test
    void neverNamesAPrincipalThatAnArgumentNamed() {
        Verdict verdict = FlowCheck.check("send", "x", SECRET, Rule.toldTo("to"), name -> Readers.of("mallory"));

        assertThat(verdict).isInstanceOf(Verdict.Denied.class);
        assertThat(((Verdict.Denied) verdict).reason())
                .doesNotContain("mallory")
                .contains("'to'");
        assertThat(FlowCheck.check("send", "x", SECRET, Rule.toldTo("to"), name -> Readers.of("bob")))
                .isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void aGrantLowersOneArgumentAndIsSpent() {
        Grant grant = new Grant("g1", "send", "x", "abc", new Grant.Lowering.Declassify(Readers.of("eve")), 2);

        assertThat(grant.isFor("send", "abc")).isTrue();
        assertThat(grant.isFor("send", "abd")).isFalse();
        assertThat(check(grant.lowered(SECRET), Rule.told(Readers.of("bob", "eve"))))
                .isInstanceOf(Verdict.Allowed.class);
        assertThat(check(grant.lowered(SECRET), Rule.told(Readers.EVERYONE))).isInstanceOf(Verdict.Denied.class);
        assertThat(grant.spent().flatMap(Grant::spent)).isEmpty();
        assertThat(new Grant("g2", "pay", "to", "x", new Grant.Lowering.Endorse(Integrity.TRUSTED), 1)
                        .lowered(Label.MISSING))
                .isEqualTo(Label.of(Integrity.TRUSTED, Readers.NOBODY));
    }
}
