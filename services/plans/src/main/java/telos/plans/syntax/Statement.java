package telos.plans.syntax;

import java.util.List;
import java.util.Optional;

/** One step of a plan. A body is never empty; an {@code otherwise} is empty when there is no {@code else}. */
public sealed interface Statement extends Node {
    record ExpressionStatement(Position position, Expression value) implements Statement {}

    /** {@code a = b = value}: the value is evaluated once, then bound to the targets from left to right. */
    record Assignment(Position position, List<Target> targets, Expression value) implements Statement {
        public Assignment {
            targets = List.copyOf(targets);
        }
    }

    /** {@code target += value}. */
    record AugmentedAssignment(Position position, Target.Place target, BinaryOperator operator, Expression value)
            implements Statement {}

    /** {@code target: annotation = value}; without a value it only declares. */
    record AnnotatedAssignment(
            Position position, Target.Place target, Expression annotation, Optional<Expression> value)
            implements Statement {}

    /** An {@code elif} is an If that stands alone in {@code otherwise}. */
    record If(Position position, Expression condition, List<Statement> body, List<Statement> otherwise)
            implements Statement {
        public If {
            body = List.copyOf(body);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** {@code otherwise} runs when the loop was not left by {@link Break}. */
    record For(Position position, Target target, Expression iterable, List<Statement> body, List<Statement> otherwise)
            implements Statement {
        public For {
            body = List.copyOf(body);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** {@code otherwise} runs when the loop was not left by {@link Break}. */
    record While(Position position, Expression condition, List<Statement> body, List<Statement> otherwise)
            implements Statement {
        public While {
            body = List.copyOf(body);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** It stands only in a loop of its own function. */
    record Break(Position position) implements Statement {}

    /** It stands only in a loop of its own function. */
    record Continue(Position position) implements Statement {}

    record Pass(Position position) implements Statement {}

    /** It stands only in a function. */
    record Return(Position position, Optional<Expression> value) implements Statement {}

    record Function(
            Position position, String name, Parameters parameters, Optional<Expression> returns, List<Statement> body)
            implements Statement {
        public Function {
            body = List.copyOf(body);
        }
    }

    /** {@code raise exception from cause}; without an exception, the one being handled is raised again. */
    record Raise(Position position, Optional<Expression> exception, Optional<Expression> cause) implements Statement {}

    /**
     * At least one of handlers and {@code cleanup} is not empty; {@code otherwise} is, without handlers.
     *
     * @param cleanup the body of {@code finally}
     */
    record Try(
            Position position,
            List<Statement> body,
            List<Handler> handlers,
            List<Statement> otherwise,
            List<Statement> cleanup)
            implements Statement {
        public Try {
            body = List.copyOf(body);
            handlers = List.copyOf(handlers);
            otherwise = List.copyOf(otherwise);
            cleanup = List.copyOf(cleanup);
        }
    }

    /**
     * {@code except type as name}.
     *
     * @param type a class or a tuple of them; absent in the last handler only, which catches all
     * @param name bound in the body alone
     */
    record Handler(Position position, Optional<Expression> type, Optional<String> name, List<Statement> body)
            implements Node {
        public Handler {
            body = List.copyOf(body);
        }
    }

    /** A class of fields or of enumeration members; whether its bases allow that is for the next stage. */
    record ClassDefinition(Position position, String name, List<Expression> bases, List<Member> members)
            implements Statement {
        public ClassDefinition {
            bases = List.copyOf(bases);
            members = List.copyOf(members);
        }
    }

    /** What stands in the body of a class; its {@code pass} and its documentation string do not appear. */
    sealed interface Member extends Node {
        String name();

        /** {@code name: annotation = defaultValue}. */
        record Field(Position position, String name, Expression annotation, Optional<Expression> defaultValue)
                implements Member {}

        /** {@code name = value}. */
        record Choice(Position position, String name, Expression value) implements Member {}
    }

    record Assert(Position position, Expression condition, Optional<Expression> message) implements Statement {}

    /** {@code del a, b[0]}. */
    record Delete(Position position, List<Target.Place> targets) implements Statement {
        public Delete {
            targets = List.copyOf(targets);
        }
    }

    /**
     * {@code import a.b as c} and {@code from module import a, b as c}.
     *
     * @param module absent in the first form
     */
    record Import(Position position, Optional<String> module, List<ImportedName> names) implements Statement {
        public Import {
            names = List.copyOf(names);
        }
    }

    /** A name, dotted in {@code import a.b} only, and what it is called here. */
    record ImportedName(Position position, String name, Optional<String> alias) implements Node {}
}
