package telos.plans.planner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import telos.plans.Datum;
import telos.plans.Schema;
import telos.plans.SchemaRead;
import telos.plans.syntax.Argument;
import telos.plans.syntax.Expression;
import telos.plans.syntax.Node;
import telos.plans.syntax.Plan;
import telos.plans.syntax.Tree;

/** The schemas that a plan's calls of {@code ask} have, as far as they are written out there. */
final class AskedSchemas {
    private static final int SCHEMA = 2;

    private AskedSchemas() {}

    /** What is wrong with the first that is no schema, and where; empty if none is. */
    static Optional<String> fault(Plan plan) {
        for (Node each : plan.body()) {
            Optional<String> fault = fault(each);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> fault(Node node) {
        if (node instanceof Expression.Call call
                && call.function() instanceof Expression.Name(var _, String name)
                && name.equals("ask")) {
            Optional<Expression> written = schema(call.arguments());
            Optional<Datum> literal = written.flatMap(AskedSchemas::literal);
            if (literal.isPresent() && Schema.read(literal.get()) instanceof SchemaRead.Refused(String why)) {
                return Optional.of(written.get().position() + ": the schema of ask: " + why);
            }
        }
        for (Node each : Tree.children(node)) {
            Optional<String> fault = fault(each);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<Expression> schema(List<Argument> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            Argument each = arguments.get(i);
            if (each instanceof Argument.Keyword named && named.name().equals("schema")) {
                return Optional.of(named.value());
            }
            if (each instanceof Argument.Positional && i == SCHEMA) {
                return Optional.of(each.value());
            }
        }
        return Optional.empty();
    }

    /** The value of an expression of constants alone. */
    private static Optional<Datum> literal(Expression expression) {
        return switch (expression) {
            case Expression.Constant.None _ -> Optional.of(Datum.NOTHING);
            case Expression.Constant.Bool each -> Optional.of(new Datum.Truth(each.value()));
            case Expression.Constant.Int each -> Optional.of(new Datum.Whole(each.value()));
            case Expression.Constant.Real each -> Optional.of(new Datum.Real(each.value()));
            case Expression.Constant.Str each -> Optional.of(new Datum.Text(each.value()));
            case Expression.ListDisplay each -> items(each.elements());
            case Expression.TupleDisplay each -> items(each.elements());
            case Expression.DictDisplay each -> {
                SequencedMap<String, Datum> fields = new LinkedHashMap<>();
                for (Expression.Entry entry : each.entries()) {
                    if (!(entry
                            instanceof Expression.Entry.Pair(var _, Expression.Constant.Str key, Expression value))) {
                        yield Optional.empty();
                    }
                    Optional<Datum> inside = literal(value);
                    if (inside.isEmpty()) {
                        yield Optional.empty();
                    }
                    fields.put(key.value(), inside.get());
                }
                yield Optional.of(new Datum.Fields(fields));
            }
            default -> Optional.empty();
        };
    }

    private static Optional<Datum> items(List<Expression> elements) {
        List<Datum> items = new ArrayList<>();
        for (Expression each : elements) {
            Optional<Datum> inside = literal(each);
            if (inside.isEmpty()) {
                return Optional.empty();
            }
            items.add(inside.get());
        }
        return Optional.of(new Datum.Items(items));
    }
}
