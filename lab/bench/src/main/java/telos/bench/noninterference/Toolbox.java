package telos.bench.noninterference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import telos.kernel.security.Audience;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Rule;
import telos.plans.Datum;
import telos.plans.Parameter;
import telos.plans.Tool;

/** The tools that random plans call. Their labels and rules are the same in every world, or all public. */
final class Toolbox {
    static final Label OPEN = Label.BOTTOM;
    static final Label ALICE = Label.of(Integrity.TRUSTED, Readers.of("alice"));
    static final Label BOB = Label.of(Integrity.TRUSTED, Readers.of("bob"));
    static final Label BOTH = Label.of(Integrity.TRUSTED, Readers.of("alice", "bob"));
    static final Label WEB = Label.of(Integrity.UNTRUSTED, Readers.EVERYONE);
    /** What a tool that is trusted says to everybody. */
    static final Label FACT = Label.of(Integrity.TRUSTED, Readers.EVERYONE);
    /** What a stranger wrote to two. */
    static final Label SPOKEN = Label.of(Integrity.UNTRUSTED, Readers.of("alice", "bob"));

    /** What a lookup by another number fails with, in every world. */
    static final int LOOKUPS = 3;

    private static final Datum WHOLE = Datum.Whole.of(0);
    private static final Datum TEXT = new Datum.Text("x");
    private static final Datum WHOLES = new Datum.Items(List.of(WHOLE));

    private final SequencedMap<String, Tool> tools = new LinkedHashMap<>();
    private final boolean labelled;

    private Toolbox(boolean labelled) {
        this.labelled = labelled;
    }

    static SequencedMap<String, Tool> labelled() {
        return new Toolbox(true).filled();
    }

    /** The same, where everything is public and trusted. */
    static SequencedMap<String, Tool> open() {
        return new Toolbox(false).filled();
    }

    private SequencedMap<String, Tool> filled() {
        Map<String, Label> whose = new LinkedHashMap<>();
        whose.put("alice", ALICE);
        whose.put("bob", BOB);
        whose.put("both", BOTH);
        whose.put("web", WEB);
        whose.put("open", OPEN);
        whose.forEach((name, label) -> {
            reads("read_" + name, label, WHOLE);
            reads("list_" + name, label, WHOLES);
            reads("word_" + name, label, TEXT);
        });
        reads("cells_alice", OPEN, Map.of("/*", ALICE), WHOLES);
        reads("cells_web", OPEN, Map.of("/*", WEB), WHOLES);
        reads("name_alice", ALICE, TEXT);
        reads("dict_alice", ALICE, fields(Map.of("p", WHOLE, "q", WHOLE)));
        reads("keys_alice", ALICE, fields(Map.of("p", WHOLE)));
        SequencedMap<String, Datum> mail = new LinkedHashMap<>();
        mail.put("sender", TEXT);
        mail.put("subject", TEXT);
        mail.put("body", TEXT);
        mail.put("size", WHOLE);
        reads(
                "mails",
                OPEN,
                Map.of("/*/subject", ALICE, "/*/body", WEB, "/*/size", BOTH),
                new Datum.Items(List.of(new Datum.Fields(mail))));
        Datum letters = new Datum.Items(List.of(new Datum.Fields(mail)));
        reads("letters", FACT, Map.of("/*/subject", ALICE, "/*/body", SPOKEN, "/*/size", BOTH), letters);
        reads("files", ALICE, Map.of("/*/body", SPOKEN, "/*/size", BOTH), letters);
        add("lookup", List.of("k"), false, Map.of(), ALICE, Map.of(), true, WHOLE);
        add("echo", List.of("x"), false, Map.of(), OPEN, Map.of(), false, WHOLE);
        effect("send", Map.of("x", Rule.told(Readers.EVERYONE)), "x");
        effect("tell_alice", Map.of("x", Rule.told(Readers.of("alice"))), "x");
        effect("tell_bob", Map.of("x", Rule.told(Readers.of("bob"))), "x");
        Rule trusted = new Rule(Integrity.TRUSTED, Audience.UNASKED);
        effect("act", Map.of("x", trusted, Tool.CALL, trusted), "x");
        effect("ring", Map.of(Tool.CALL, trusted));
        effect("pay", Map.of("to", trusted, "amount", Rule.toldTo("to"), Tool.CALL, trusted), "to", "amount");
        return tools;
    }

    private static Datum fields(Map<String, Datum> values) {
        return new Datum.Fields(new LinkedHashMap<>(values));
    }

    private void reads(String name, Label label, Datum sample) {
        reads(name, label, Map.of(), sample);
    }

    private void reads(String name, Label label, Map<String, Label> parts, Datum sample) {
        add(name, List.of(), false, Map.of(), label, parts, false, sample);
    }

    private void effect(String name, Map<String, Rule> requires, String... parameters) {
        add(name, List.of(parameters), true, requires, OPEN, Map.of(), false, Datum.NOTHING);
    }

    private void add(
            String name,
            List<String> parameters,
            boolean effect,
            Map<String, Rule> requires,
            Label label,
            Map<String, Label> parts,
            boolean mayFail,
            Datum sample) {
        Map<String, List<Rule>> rules = new LinkedHashMap<>();
        requires.forEach((argument, rule) -> rules.put(argument, List.of(rule)));
        tools.put(
                name,
                new Tool(
                        name,
                        parameters.stream().map(Parameter::required).toList(),
                        effect,
                        rules,
                        labelled ? label : OPEN,
                        labelled ? new LinkedHashMap<>(parts) : new LinkedHashMap<>(),
                        mayFail,
                        List.of(sample)));
    }
}
