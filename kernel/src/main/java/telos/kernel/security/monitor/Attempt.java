package telos.kernel.security.monitor;

import java.util.List;
import java.util.Objects;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.policy.KnownCall;
import telos.kernel.security.policy.Term;

/**
 * An effect that somebody wants to have.
 *
 * @param subject who: an agent, a plan, a client; two subjects never have the same name
 * @param call what, with everything that goes there and all labels
 */
public record Attempt(String subject, KnownCall call) {
    public Attempt {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(call, "call");
    }

    /**
     * What an approval is bound to: subject, tool, every argument with its value and label, the label of the decision to
     * call, and the policy under which the question was asked.
     */
    String digest(String policy) {
        Digest digest = new Digest();
        digest.text(policy).text(subject).text(call.tool());
        label(digest, call.context());
        for (String name : call.arguments()) {
            digest.text(name);
            value(digest, call.value(name));
            label(digest, call.label(name));
        }
        return digest.hex();
    }

    private static void label(Digest digest, Label label) {
        digest.text(label.integrity().word());
        Readers readers = label.readers();
        if (readers.everyone()) {
            digest.number(-1);
            return;
        }
        List<String> principals = readers.principals();
        digest.number(principals.size());
        principals.forEach(digest::text);
    }

    private static void value(Digest digest, Term value) {
        switch (value) {
            case Term.Text(String text) -> digest.text("text").text(text);
            case Term.Quantity(var number) -> digest.text("number").text(number.toString());
            case Term.Truth(boolean truth) -> digest.text(truth ? "true" : "false");
            case Term.Items(List<Term> values) -> {
                digest.text("list").number(values.size());
                values.forEach(each -> value(digest, each));
            }
            case Term.Nothing _ -> digest.text("nothing");
            case Term.Other _, Term.Unknown _ ->
                throw new IllegalArgumentException(
                        "nobody can agree to " + call(value) + ": what it stands for is not known");
        }
    }

    private static String call(Term value) {
        return value instanceof Term.Other ? "an object" : "a value that is not told";
    }
}
