package telos.plans.syntax;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Something with a value. A position is that of the first character, so a {@link Binary}'s is its left operand's. */
public sealed interface Expression extends Node {
    /** A literal. */
    sealed interface Constant extends Expression {
        record None(Position position) implements Constant {}

        record Bool(Position position, boolean value) implements Constant {}

        /** Never negative: a minus is an operator. */
        record Int(Position position, BigInteger value) implements Constant {}

        /** Never negative and never NaN; a literal too large is infinity, as in Python. */
        record Real(Position position, double value) implements Constant {}

        /** Adjacent literals are one; the text has no unpaired surrogates. */
        record Str(Position position, String value) implements Constant {}
    }

    /** An f-string, with the plain literals beside it; no two {@link Part.Literal} are neighbours, none is empty. */
    record Text(Position position, List<Part> parts) implements Expression {
        public Text {
            parts = List.copyOf(parts);
        }
    }

    /** A piece of a {@link Text} or of a format specification. */
    sealed interface Part extends Node {
        record Literal(Position position, String text) implements Part {}

        /**
         * {@code {value!r:spec}}; {@code {x=}} is a literal {@code x=} and a field.
         *
         * @param spec empty when there is none; its own fields have specs without fields
         */
        record Field(Position position, Expression value, Conversion conversion, List<Part> spec) implements Part {
            public Field {
                spec = List.copyOf(spec);
            }
        }
    }

    /** What happens to a field's value before it is formatted: nothing, {@code str}, {@code repr} or {@code ascii}. */
    enum Conversion {
        NONE(""),
        STR("s"),
        REPR("r"),
        ASCII("a");

        private final String letter;

        Conversion(String letter) {
            this.letter = letter;
        }

        /** What stands behind {@code !}; empty for NONE. */
        public String letter() {
            return letter;
        }
    }

    record Name(Position position, String name) implements Expression {}

    record Attribute(Position position, Expression value, String name) implements Expression {}

    /** {@code value[index]}; the index may be a {@link Slice}, and {@code value[a, b]} has a tuple. */
    record Subscript(Position position, Expression value, Expression index) implements Expression {}

    /** {@code lower:upper:step}; it stands only as the index of a {@link Subscript} or a {@link Target.Item}. */
    record Slice(Position position, Optional<Expression> lower, Optional<Expression> upper, Optional<Expression> step)
            implements Expression {}

    /**
     * A call, with its arguments in source order: after a keyword no positional one, after a double star no star. Python
     * evaluates the positional and starred arguments first, then the others.
     */
    record Call(Position position, Expression function, List<Argument> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** Elements may be {@link Starred}. */
    record ListDisplay(Position position, List<Expression> elements) implements Expression {
        public ListDisplay {
            elements = List.copyOf(elements);
        }
    }

    /** Elements may be {@link Starred}; the position is that of the parenthesis, or of the first element without one. */
    record TupleDisplay(Position position, List<Expression> elements) implements Expression {
        public TupleDisplay {
            elements = List.copyOf(elements);
        }
    }

    /** Elements may be {@link Starred}; never empty, for {@code {}} is a dictionary. */
    record SetDisplay(Position position, List<Expression> elements) implements Expression {
        public SetDisplay {
            elements = List.copyOf(elements);
        }
    }

    record DictDisplay(Position position, List<Entry> entries) implements Expression {
        public DictDisplay {
            entries = List.copyOf(entries);
        }
    }

    /** What stands between the braces of a {@link DictDisplay}. */
    sealed interface Entry extends Node {
        record Pair(Position position, Expression key, Expression value) implements Entry {}

        /** {@code **value}. */
        record Unpacking(Position position, Expression value) implements Entry {}
    }

    /**
     * {@code [element for …]} and its kin.
     *
     * @param element the key, of a DICT
     * @param value present for a DICT only
     * @param clauses at least one
     */
    record Comprehension(
            Position position, Kind kind, Expression element, Optional<Expression> value, List<Clause> clauses)
            implements Expression {
        public Comprehension {
            clauses = List.copyOf(clauses);
        }

        public enum Kind {
            LIST,
            SET,
            DICT,
            GENERATOR
        }
    }

    /** {@code for target in iterable if condition if condition}. */
    record Clause(Position position, Target target, Expression iterable, List<Expression> conditions) implements Node {
        public Clause {
            conditions = List.copyOf(conditions);
        }
    }

    record Unary(Position position, UnaryOperator operator, Expression operand) implements Expression {}

    record Binary(Position position, BinaryOperator operator, Expression left, Expression right)
            implements Expression {}

    /** {@code a and b and c}: at least two operands. */
    record Both(Position position, List<Expression> operands) implements Expression {
        public Both {
            operands = List.copyOf(operands);
        }
    }

    /** {@code a or b or c}: at least two operands. */
    record Either(Position position, List<Expression> operands) implements Expression {
        public Either {
            operands = List.copyOf(operands);
        }
    }

    /** {@code first < b <= c}: at least one link. */
    record Comparison(Position position, Expression first, List<Link> links) implements Expression {
        public Comparison {
            links = List.copyOf(links);
        }
    }

    /** An operator of a {@link Comparison} and the operand to its right; the position is the operand's. */
    record Link(Position position, ComparisonOperator operator, Expression operand) implements Node {}

    /** {@code then if condition else otherwise}. */
    record Conditional(Position position, Expression condition, Expression then, Expression otherwise)
            implements Expression {}

    record Lambda(Position position, Parameters parameters, Expression body) implements Expression {}

    /** {@code (name := value)}. */
    record Walrus(Position position, String name, Expression value) implements Expression {}

    /** {@code *value}; it stands only directly in a list, tuple or set display. */
    record Starred(Position position, Expression value) implements Expression {}
}
