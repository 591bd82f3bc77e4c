package telos.plans.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import telos.plans.syntax.Expression.Comprehension.Kind;

/** Reads the arguments of calls and the parameters of functions. */
final class Calls {
    private final Tokens tokens;
    private final Expressions expressions;
    private final Displays displays;
    private final Walruses walruses;

    Calls(Tokens tokens, Expressions expressions, Displays displays, Walruses walruses) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.displays = displays;
        this.walruses = walruses;
    }

    /** The arguments between the parentheses that start here. */
    List<Argument> arguments() {
        Token open = tokens.advance();
        List<Argument> arguments = new ArrayList<>();
        Set<String> names = new HashSet<>();
        boolean doubleStarred = false;
        while (!tokens.at(")")) {
            Argument argument = argument(open, arguments.isEmpty());
            switch (argument) {
                case Argument.Positional _ -> {
                    if (doubleStarred || !names.isEmpty()) {
                        String message = "a positional argument cannot stand behind one with a name";
                        throw tokens.fault(argument, message, "name=value, or this argument first");
                    }
                }
                case Argument.Starred _ -> {
                    if (doubleStarred) {
                        throw tokens.fault(argument, "'*' cannot stand behind '**' in a call", "the other order");
                    }
                }
                case Argument.Keyword(Position _, String name, Expression _) -> {
                    if (!names.add(name)) {
                        throw tokens.fault(argument, "the argument '" + name + "' is given twice", "it once");
                    }
                }
                case Argument.DoubleStarred _ -> doubleStarred = true;
            }
            arguments.add(argument);
            if (!tokens.accept(",")) {
                break;
            }
        }
        tokens.close(open, ")");
        return arguments;
    }

    private Argument argument(Token open, boolean first) {
        Token start = tokens.current();
        if (tokens.accept("*")) {
            return new Argument.Starred(start.position(), expressions.expression());
        }
        if (tokens.accept("**")) {
            return new Argument.DoubleStarred(start.position(), expressions.expression());
        }
        if (start.is(Token.Kind.NAME) && tokens.peek().is("=")) {
            if (start.text().equals("__debug__")) {
                tokens.bindable(start.text(), start.position());
            }
            tokens.advance();
            tokens.advance();
            return new Argument.Keyword(start.position(), start.text(), expressions.expression());
        }
        int mark = walruses.mark();
        Expression value = expressions.named();
        if (displays.loops()) {
            value = displays.comprehension(open.position(), Kind.GENERATOR, value, Optional.empty(), mark);
            if (!first || tokens.at(",")) {
                throw tokens.fault(start, "a generator beside other arguments needs parentheses", "(… for …)");
            }
        }
        if (tokens.at("=")) {
            String message = "only a plain name can stand before '=' in a call";
            throw tokens.fault(tokens.current(), message, "name=value, or '==' to compare");
        }
        return new Argument.Positional(value.position(), value);
    }

    /** The parameters up to a closing {@code )} of a function or {@code :} of a lambda, which is not read. */
    Parameters parameters(String closing) {
        Token start = tokens.current();
        boolean annotated = closing.equals(")");
        Set<String> names = new HashSet<>();
        List<Parameters.Parameter> positional = new ArrayList<>();
        List<Parameters.Parameter> keywordOnly = new ArrayList<>();
        Optional<Parameters.Parameter> rest = Optional.empty();
        Optional<Parameters.Parameter> keywords = Optional.empty();
        Token star = start;
        boolean starred = false;
        while (!tokens.at(closing)) {
            Token token = tokens.current();
            if (keywords.isPresent()) {
                throw tokens.fault(token, "no parameter can stand behind the one with '**'", "'" + closing + "'");
            }
            if (tokens.accept("**")) {
                keywords = Optional.of(parameter(names, annotated, false));
            } else if (tokens.accept("*")) {
                if (starred) {
                    throw tokens.fault(token, "a second '*' among the parameters", "a name");
                }
                star = token;
                starred = true;
                rest = tokens.at(",") || tokens.at(closing)
                        ? Optional.empty()
                        : Optional.of(parameter(names, annotated, false));
            } else if (token.is("/")) {
                throw tokens.fault(token, "'/' among parameters is not supported", "the parameters without it");
            } else if (starred) {
                keywordOnly.add(parameter(names, annotated, true));
            } else {
                Parameters.Parameter parameter = parameter(names, annotated, true);
                if (parameter.defaultValue().isEmpty()
                        && !positional.isEmpty()
                        && positional.getLast().defaultValue().isPresent()) {
                    String message = "'" + parameter.name() + "' has no default, but a parameter before it has";
                    throw tokens.fault(token, message, "a default, or another order");
                }
                positional.add(parameter);
            }
            if (!tokens.accept(",")) {
                break;
            }
        }
        if (starred && rest.isEmpty() && keywordOnly.isEmpty()) {
            throw tokens.fault(star, "no named parameter stands behind '*'", "a name behind it, or *args");
        }
        return new Parameters(start.position(), positional, rest, keywordOnly, keywords);
    }

    private Parameters.Parameter parameter(Set<String> names, boolean annotated, boolean defaults) {
        Token name = tokens.newName("the name of a parameter");
        if (!names.add(name.text())) {
            throw tokens.fault(name, "the parameter '" + name.text() + "' appears twice", "another name");
        }
        Optional<Expression> annotation = Optional.empty();
        if (annotated && tokens.accept(":")) {
            annotation = Optional.of(expressions.expression());
        }
        Optional<Expression> value = Optional.empty();
        if (tokens.at("=")) {
            if (!defaults) {
                throw tokens.fault(tokens.current(), "a starred parameter has no default", "',' or the end");
            }
            tokens.advance();
            value = Optional.of(expressions.expression());
        }
        return new Parameters.Parameter(name.position(), name.text(), annotation, value);
    }
}
