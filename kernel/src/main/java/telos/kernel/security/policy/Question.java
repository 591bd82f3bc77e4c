package telos.kernel.security.policy;

import java.util.List;
import java.util.Objects;
import telos.kernel.security.Label;

/**
 * What a person is asked about one call: these facts, and no more.
 *
 * @param why the reason that the rule gives, or what it asks for
 * @param context what decided that the call happens
 */
public record Question(String tool, String why, Place place, Label context, List<Fact> facts) {
    /** An argument that the person has to see to answer; whoever asks adds its value. */
    public record Fact(String argument, Label label) {}

    public Question {
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(why, "why");
        facts = List.copyOf(facts);
    }
}
