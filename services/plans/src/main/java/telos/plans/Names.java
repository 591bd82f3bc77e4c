package telos.plans;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.plans.syntax.Argument;
import telos.plans.syntax.Expression;
import telos.plans.syntax.Statement;
import telos.plans.syntax.Target;

/** The names that one function, the plan itself or a comprehension binds, each with its number. */
final class Names {
    /** What a frame is of. */
    enum Sort {
        PLAN,
        FUNCTION,
        COMPREHENSION
    }

    final Sort sort;
    final @Nullable Names up;
    final @Nullable Code code;
    private final Map<String, Integer> slots = new LinkedHashMap<>();
    /** How often a name is bound by what is no class definition. */
    final Set<String> rebound = new HashSet<>();

    private int size;

    Names(Sort sort, @Nullable Names up, @Nullable Code code) {
        this.sort = sort;
        this.up = up;
        this.code = code;
    }

    int bind(String name) {
        Integer known = slots.get(name);
        if (known != null) {
            return known;
        }
        slots.put(name, size);
        return size++;
    }

    int hidden() {
        return size++;
    }

    @Nullable
    Integer find(String name) {
        return slots.get(name);
    }

    int size() {
        return size;
    }

    // What binds names.

    void all(List<Statement> body) {
        body.forEach(this::of);
    }

    private void bound(String name) {
        bind(name);
        rebound.add(name);
    }

    private void of(Statement statement) {
        switch (statement) {
            case Statement.ExpressionStatement each -> walruses(each.value());
            case Statement.Assignment each -> {
                each.targets().forEach(this::of);
                walruses(each.value());
            }
            case Statement.AugmentedAssignment each -> {
                of(each.target());
                walruses(each.value());
            }
            case Statement.AnnotatedAssignment each -> {
                of(each.target());
                each.value().ifPresent(this::walruses);
            }
            case Statement.If each -> {
                walruses(each.condition());
                all(each.body());
                all(each.otherwise());
            }
            case Statement.For each -> {
                of(each.target());
                walruses(each.iterable());
                all(each.body());
                all(each.otherwise());
            }
            case Statement.While each -> {
                walruses(each.condition());
                all(each.body());
                all(each.otherwise());
            }
            case Statement.Break _, Statement.Continue _, Statement.Pass _ -> {}
            case Statement.Return each -> each.value().ifPresent(this::walruses);
            case Statement.Function each -> {
                bound(each.name());
                each.parameters().positional().forEach(one -> one.defaultValue().ifPresent(this::walruses));
                each.parameters()
                        .keywordOnly()
                        .forEach(one -> one.defaultValue().ifPresent(this::walruses));
            }
            case Statement.Raise each -> {
                each.exception().ifPresent(this::walruses);
                each.cause().ifPresent(this::walruses);
            }
            case Statement.Try each -> {
                all(each.body());
                for (Statement.Handler handler : each.handlers()) {
                    handler.name().ifPresent(this::bound);
                    handler.type().ifPresent(this::walruses);
                    all(handler.body());
                }
                all(each.otherwise());
                all(each.cleanup());
            }
            case Statement.ClassDefinition each -> bind(each.name());
            case Statement.Assert each -> {
                walruses(each.condition());
                each.message().ifPresent(this::walruses);
            }
            case Statement.Delete each -> each.targets().forEach(this::of);
            case Statement.Import each ->
                each.names().forEach(one -> one.alias().ifPresent(this::bound));
        }
    }

    void of(Target target) {
        switch (target) {
            case Target.Name each -> bound(each.name());
            case Target.Attribute each -> walruses(each.value());
            case Target.Item each -> {
                walruses(each.value());
                walruses(each.index());
            }
            case Target.Several each -> each.elements().forEach(this::of);
            case Target.Starred each -> of(each.target());
        }
    }

    /** Names that {@code :=} binds, also inside comprehensions, but not inside lambdas. */
    void walruses(Expression expression) {
        switch (expression) {
            case Expression.Constant _, Expression.Name _ -> {}
            case Expression.Text each -> parts(each.parts());
            case Expression.Attribute each -> walruses(each.value());
            case Expression.Subscript each -> {
                walruses(each.value());
                walruses(each.index());
            }
            case Expression.Slice each -> {
                each.lower().ifPresent(this::walruses);
                each.upper().ifPresent(this::walruses);
                each.step().ifPresent(this::walruses);
            }
            case Expression.Call each -> {
                walruses(each.function());
                for (Argument argument : each.arguments()) {
                    walruses(argument.value());
                }
            }
            case Expression.ListDisplay each -> each.elements().forEach(this::walruses);
            case Expression.TupleDisplay each -> each.elements().forEach(this::walruses);
            case Expression.SetDisplay each -> each.elements().forEach(this::walruses);
            case Expression.DictDisplay each -> {
                for (Expression.Entry entry : each.entries()) {
                    switch (entry) {
                        case Expression.Entry.Pair pair -> {
                            walruses(pair.key());
                            walruses(pair.value());
                        }
                        case Expression.Entry.Unpacking unpacking -> walruses(unpacking.value());
                    }
                }
            }
            case Expression.Comprehension each -> {
                walruses(each.element());
                each.value().ifPresent(this::walruses);
                for (Expression.Clause clause : each.clauses()) {
                    walruses(clause.iterable());
                    clause.conditions().forEach(this::walruses);
                }
            }
            case Expression.Unary each -> walruses(each.operand());
            case Expression.Binary each -> {
                walruses(each.left());
                walruses(each.right());
            }
            case Expression.Both each -> each.operands().forEach(this::walruses);
            case Expression.Either each -> each.operands().forEach(this::walruses);
            case Expression.Comparison each -> {
                walruses(each.first());
                each.links().forEach(link -> walruses(link.operand()));
            }
            case Expression.Conditional each -> {
                walruses(each.condition());
                walruses(each.then());
                walruses(each.otherwise());
            }
            case Expression.Lambda each -> {
                each.parameters().positional().forEach(one -> one.defaultValue().ifPresent(this::walruses));
                each.parameters()
                        .keywordOnly()
                        .forEach(one -> one.defaultValue().ifPresent(this::walruses));
            }
            case Expression.Walrus each -> {
                bound(each.name());
                walruses(each.value());
            }
            case Expression.Starred each -> walruses(each.value());
        }
    }

    private void parts(List<Expression.Part> parts) {
        for (Expression.Part each : parts) {
            if (each instanceof Expression.Part.Field field) {
                walruses(field.value());
                parts(field.spec());
            }
        }
    }
}
