package telos.plans.syntax;

import java.util.List;
import java.util.Optional;

/** Reads plans. It keeps nothing, so one source always gets one answer, and any number of threads may ask. */
public final class PlanParser {
    private PlanParser() {}

    /** Whether a word is a part of the language, so that nothing can have it as a name. */
    public static boolean isKeyword(String word) {
        return Token.KEYWORDS.contains(word);
    }

    /** Reads a source in UTF-8. */
    public static Parsed parse(byte[] source) {
        return parse(source, Bounds.usual());
    }

    /** Reads a source in UTF-8. */
    public static Parsed parse(byte[] source, Bounds bounds) {
        try {
            return parse(Source.of(source, bounds), bounds);
        } catch (Refusal refusal) {
            return new Parsed.Refused(refusal.fault());
        }
    }

    public static Parsed parse(String source) {
        return parse(source, Bounds.usual());
    }

    public static Parsed parse(String source, Bounds bounds) {
        try {
            return parse(Source.of(source, bounds), bounds);
        } catch (Refusal refusal) {
            return new Parsed.Refused(refusal.fault());
        }
    }

    private static Parsed parse(Source source, Bounds bounds) {
        List<Statement> body = new Statements(new Tokens(source, bounds)).all();
        Optional<Node> deep = Tree.deeper(body, bounds.depth());
        if (deep.isPresent()) {
            String message = "this is more than " + bounds.depth() + " levels deep in the tree of the plan";
            String expected = "a shorter chain of operators, attributes, calls or branches: sum(…), ''.join(…), a loop";
            throw source.refusal(deep.get().position(), message, expected);
        }
        return new Parsed.Accepted(new Plan(body, source.text()));
    }
}
