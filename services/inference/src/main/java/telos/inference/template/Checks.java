package telos.inference.template;

import java.util.Locale;

/** What stands behind {@code is}. */
final class Checks {
    private Checks() {}

    static boolean holds(Run run, String name, Value value, Arguments given) {
        run.step();
        return switch (name) {
            case "defined" -> !(value instanceof Value.Undefined);
            case "undefined" -> value instanceof Value.Undefined;
            case "none" -> value instanceof Value.None;
            case "string" -> value instanceof Text;
            case "mapping" -> value instanceof Value.Mapping;
            case "sequence", "iterable" ->
                value instanceof Text || value instanceof Value.Sequence || value instanceof Value.Mapping;
            case "number" -> Operations.isNumber(value);
            case "integer" -> value instanceof Value.Int;
            case "float" -> value instanceof Value.Real;
            case "boolean" -> value instanceof Value.Bool;
            case "true" -> value instanceof Value.Bool bool && bool.value();
            case "false" -> value instanceof Value.Bool bool && !bool.value();
            case "callable" -> value instanceof Value.Function;
            case "odd" -> Math.floorMod(Operations.whole(run, value, "what 'odd' tests"), 2L) == 1;
            case "even" -> Math.floorMod(Operations.whole(run, value, "what 'even' tests"), 2L) == 0;
            case "divisibleby" -> {
                long divisor = Operations.whole(run, one(run, name, given), "the divisor");
                if (divisor == 0) {
                    throw run.fail("'divisibleby' by zero");
                }
                yield Operations.whole(run, value, "what 'divisibleby' tests") % divisor == 0;
            }
            case "upper" ->
                value instanceof Text text && cased(text.value(), text.value().toUpperCase(Locale.ROOT));
            case "lower" ->
                value instanceof Text text && cased(text.value(), text.value().toLowerCase(Locale.ROOT));
            case "in" -> Operations.contains(run, one(run, name, given), value);
            case "equalto", "eq", "==", "sameas" -> Operations.equal(run, value, one(run, name, given));
            case "ne", "!=" -> !Operations.equal(run, value, one(run, name, given));
            case "lt", "lessthan", "<" -> Operations.compare(run, value, one(run, name, given)) < 0;
            case "le", "<=" -> Operations.compare(run, value, one(run, name, given)) <= 0;
            case "gt", "greaterthan", ">" -> Operations.compare(run, value, one(run, name, given)) > 0;
            case "ge", ">=" -> Operations.compare(run, value, one(run, name, given)) >= 0;
            default -> throw run.fail("the test '" + name + "' (after 'is') is not known to Telos");
        };
    }

    private static boolean cased(String text, String changed) {
        return text.equals(changed) && text.chars().anyMatch(Character::isLetter);
    }

    private static Value one(Run run, String name, Arguments given) {
        return given.require(run, "the test '" + name + "'", "other")[0];
    }
}
