package telos.plans.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Walks over trees. */
public final class Tree {
    private Tree() {}

    private record Place(Node node, int depth) {}

    /** The nodes directly below a node, in source order as far as the syntax has one. */
    public static List<Node> children(Node node) {
        List<Node> below = new ArrayList<>();
        switch (node) {
            case Statement statement -> statement(statement, below);
            case Expression expression -> expression(expression, below);
            case Target.Name _ -> {}
            case Target.Attribute(Position _, Expression value, String _) -> below.add(value);
            case Target.Item(Position _, Expression value, Expression index) -> add(below, value, index);
            case Target.Several(Position _, List<Target> elements) -> below.addAll(elements);
            case Target.Starred(Position _, Target target) -> below.add(target);
            case Argument argument -> below.add(argument.value());
            case Parameters parameters -> {
                below.addAll(parameters.positional());
                add(below, parameters.rest());
                below.addAll(parameters.keywordOnly());
                add(below, parameters.keywords());
            }
            case Parameters.Parameter parameter -> {
                add(below, parameter.annotation());
                add(below, parameter.defaultValue());
            }
            case Expression.Part.Literal _ -> {}
            case Expression.Part.Field field -> {
                below.add(field.value());
                below.addAll(field.spec());
            }
            case Expression.Entry.Pair(Position _, Expression key, Expression value) -> add(below, key, value);
            case Expression.Entry.Unpacking(Position _, Expression value) -> below.add(value);
            case Expression.Clause clause -> {
                add(below, clause.target(), clause.iterable());
                below.addAll(clause.conditions());
            }
            case Expression.Link link -> below.add(link.operand());
            case Statement.Handler handler -> {
                add(below, handler.type());
                below.addAll(handler.body());
            }
            case Statement.Member.Field field -> {
                below.add(field.annotation());
                add(below, field.defaultValue());
            }
            case Statement.Member.Choice choice -> below.add(choice.value());
            case Statement.ImportedName _ -> {}
        }
        return below;
    }

    private static void expression(Expression expression, List<Node> below) {
        switch (expression) {
            case Expression.Constant _, Expression.Name _ -> {}
            case Expression.Text text -> below.addAll(text.parts());
            case Expression.Attribute attribute -> below.add(attribute.value());
            case Expression.Subscript subscript -> add(below, subscript.value(), subscript.index());
            case Expression.Slice slice -> {
                add(below, slice.lower());
                add(below, slice.upper());
                add(below, slice.step());
            }
            case Expression.Call call -> {
                below.add(call.function());
                below.addAll(call.arguments());
            }
            case Expression.ListDisplay list -> below.addAll(list.elements());
            case Expression.TupleDisplay tuple -> below.addAll(tuple.elements());
            case Expression.SetDisplay set -> below.addAll(set.elements());
            case Expression.DictDisplay dictionary -> below.addAll(dictionary.entries());
            case Expression.Comprehension comprehension -> {
                below.add(comprehension.element());
                add(below, comprehension.value());
                below.addAll(comprehension.clauses());
            }
            case Expression.Unary unary -> below.add(unary.operand());
            case Expression.Binary binary -> add(below, binary.left(), binary.right());
            case Expression.Both both -> below.addAll(both.operands());
            case Expression.Either either -> below.addAll(either.operands());
            case Expression.Comparison comparison -> {
                below.add(comparison.first());
                below.addAll(comparison.links());
            }
            case Expression.Conditional conditional ->
                add(below, conditional.then(), conditional.condition(), conditional.otherwise());
            case Expression.Lambda lambda -> add(below, lambda.parameters(), lambda.body());
            case Expression.Walrus walrus -> below.add(walrus.value());
            case Expression.Starred starred -> below.add(starred.value());
        }
    }

    private static void statement(Statement statement, List<Node> below) {
        switch (statement) {
            case Statement.ExpressionStatement expression -> below.add(expression.value());
            case Statement.Assignment assignment -> {
                below.addAll(assignment.targets());
                below.add(assignment.value());
            }
            case Statement.AugmentedAssignment assignment -> add(below, assignment.target(), assignment.value());
            case Statement.AnnotatedAssignment assignment -> {
                add(below, assignment.target(), assignment.annotation());
                add(below, assignment.value());
            }
            case Statement.If branch -> {
                below.add(branch.condition());
                below.addAll(branch.body());
                below.addAll(branch.otherwise());
            }
            case Statement.For loop -> {
                add(below, loop.target(), loop.iterable());
                below.addAll(loop.body());
                below.addAll(loop.otherwise());
            }
            case Statement.While loop -> {
                below.add(loop.condition());
                below.addAll(loop.body());
                below.addAll(loop.otherwise());
            }
            case Statement.Break _, Statement.Continue _, Statement.Pass _ -> {}
            case Statement.Return result -> add(below, result.value());
            case Statement.Function function -> {
                below.add(function.parameters());
                add(below, function.returns());
                below.addAll(function.body());
            }
            case Statement.Raise raise -> {
                add(below, raise.exception());
                add(below, raise.cause());
            }
            case Statement.Try attempt -> {
                below.addAll(attempt.body());
                below.addAll(attempt.handlers());
                below.addAll(attempt.otherwise());
                below.addAll(attempt.cleanup());
            }
            case Statement.ClassDefinition definition -> {
                below.addAll(definition.bases());
                below.addAll(definition.members());
            }
            case Statement.Assert claim -> {
                below.add(claim.condition());
                add(below, claim.message());
            }
            case Statement.Delete delete -> below.addAll(delete.targets());
            case Statement.Import imported -> below.addAll(imported.names());
        }
    }

    private static void add(List<Node> below, Node... nodes) {
        below.addAll(List.of(nodes));
    }

    private static void add(List<Node> below, Optional<? extends Node> node) {
        node.ifPresent(below::add);
    }

    /** The first node found deeper than a bound, if any; the statements given have depth 1. Needs no stack of its own. */
    static Optional<Node> deeper(List<Statement> body, int bound) {
        Deque<Place> open = new ArrayDeque<>();
        for (Statement each : body) {
            open.push(new Place(each, 1));
            while (!open.isEmpty()) {
                Place place = open.pop();
                if (place.depth > bound) {
                    return Optional.of(place.node);
                }
                for (Node child : children(place.node)) {
                    open.push(new Place(child, place.depth + 1));
                }
            }
        }
        return Optional.empty();
    }
}
