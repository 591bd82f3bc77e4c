package telos.inference.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The statements of a template. */
final class TemplateParser {
    private final Tokens tokens;
    private final ExpressionParser expressions;
    private int loops;

    private TemplateParser(Tokens tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
    }

    static List<Statement> parse(String source) {
        TemplateParser parser = new TemplateParser(new Tokens(Lexer.tokens(source)));
        List<Statement> statements = parser.body(Set.of(), "");
        return statements;
    }

    /** Statements up to a block with one of these names, whose begin and name are consumed; or up to the end for none. */
    private List<Statement> body(Set<String> ends, String opener) {
        tokens.enter();
        int start = tokens.peek().line();
        List<Statement> out = new ArrayList<>();
        while (true) {
            Token token = tokens.peek();
            switch (token.kind()) {
                case DATA ->
                    out.add(new Statement.Data(Text.trusted(tokens.next().text())));
                case OUTPUT_BEGIN -> {
                    tokens.next();
                    out.add(new Statement.Output(expressions.tuple()));
                    tokens.need(Token.Kind.OUTPUT_END, "'}}'");
                }
                case BLOCK_BEGIN -> {
                    tokens.next();
                    if (tokens.sees(Token.Kind.NAME)
                            && ends.contains(tokens.peek().text())) {
                        tokens.leave();
                        return List.copyOf(out);
                    }
                    statement(out);
                }
                case END -> {
                    if (!ends.isEmpty()) {
                        throw TemplateException.at(
                                start, "{% " + opener + " %} is never closed by {% end" + opener + " %}");
                    }
                    tokens.leave();
                    return List.copyOf(out);
                }
                case OUTPUT_END, BLOCK_END, NAME, STRING, INTEGER, FLOAT, OPERATOR ->
                    throw tokens.unexpected("text or a tag");
            }
        }
    }

    private void statement(List<Statement> out) {
        Token keyword = tokens.need(Token.Kind.NAME, "a statement");
        int line = keyword.line();
        switch (keyword.text()) {
            case "if" -> out.add(branches());
            case "for" -> out.add(loop(line));
            case "set" -> out.add(set(line));
            case "macro" -> out.add(macro(line));
            case "generation" -> {
                endBlock();
                out.addAll(body(Set.of("endgeneration"), "generation"));
                tokens.next();
                endBlock();
            }
            case "break", "continue" -> {
                if (loops == 0) {
                    throw TemplateException.at(line, "{% " + keyword.text() + " %} stands outside a loop");
                }
                out.add(keyword.text().equals("break") ? new Statement.Break(line) : new Statement.Continue(line));
                endBlock();
            }
            case "elif", "else", "endif", "endfor", "endset", "endmacro", "endgeneration" ->
                throw TemplateException.at(line, "{% " + keyword.text() + " %} closes nothing that is open");
            default ->
                throw TemplateException.at(
                        line,
                        "the statement '" + keyword.text()
                                + "' is not known to Telos; known are if, for, set, macro, generation, break, continue and raw");
        }
    }

    private void endBlock() {
        tokens.need(Token.Kind.BLOCK_END, "'%}'");
    }

    private Statement branches() {
        List<Statement.Branch> branches = new ArrayList<>();
        List<Statement> otherwise = List.of();
        String next = "if";
        while (!next.equals("endif")) {
            if (next.equals("else")) {
                endBlock();
                otherwise = body(Set.of("endif"), "if");
            } else {
                Expression test = expressions.tuple();
                endBlock();
                branches.add(new Statement.Branch(test, body(Set.of("elif", "else", "endif"), "if")));
            }
            next = tokens.next().text();
        }
        endBlock();
        return new Statement.If(List.copyOf(branches), otherwise);
    }

    private Statement loop(int line) {
        List<String> names = names();
        tokens.needName("in");
        Expression iterable = expressions.iterable();
        Expression condition = tokens.skipName("if") ? expressions.expression() : null;
        if (tokens.seesName("recursive")) {
            throw tokens.fail("recursive loops are not known to Telos");
        }
        endBlock();
        loops++;
        List<Statement> body = body(Set.of("else", "endfor"), "for");
        loops--;
        List<Statement> otherwise = List.of();
        if (tokens.next().text().equals("else")) {
            endBlock();
            otherwise = body(Set.of("endfor"), "for");
            tokens.next();
        }
        endBlock();
        return new Statement.For(line, names, iterable, condition, body, otherwise);
    }

    private List<String> names() {
        boolean bracket = tokens.skipOperator("(");
        List<String> names = new ArrayList<>();
        do {
            names.add(tokens.need(Token.Kind.NAME, "a name").text());
        } while (tokens.skipOperator(",") && tokens.sees(Token.Kind.NAME));
        if (bracket) {
            tokens.needOperator(")");
        }
        return List.copyOf(names);
    }

    private Statement set(int line) {
        if (tokens.thenOperator(".")) {
            String namespace = tokens.need(Token.Kind.NAME, "a name").text();
            tokens.needOperator(".");
            String field = tokens.need(Token.Kind.NAME, "the name of a field").text();
            tokens.needOperator("=");
            Expression value = expressions.tuple();
            endBlock();
            return new Statement.SetField(line, namespace, field, value);
        }
        List<String> names = names();
        if (tokens.skipOperator("=")) {
            Expression value = expressions.tuple();
            endBlock();
            return new Statement.Set(line, names, value);
        }
        endBlock();
        if (names.size() != 1) {
            throw TemplateException.at(line, "{% set %} without '=' takes one name");
        }
        List<Statement> body = body(Set.of("endset"), "set");
        tokens.next();
        endBlock();
        return new Statement.Capture(names.getFirst(), body);
    }

    private Statement macro(int line) {
        String name = tokens.need(Token.Kind.NAME, "the name of the macro").text();
        tokens.needOperator("(");
        List<Statement.Parameter> parameters = new ArrayList<>();
        while (!tokens.seesOperator(")")) {
            String parameter =
                    tokens.need(Token.Kind.NAME, "the name of a parameter").text();
            Expression fallback = tokens.skipOperator("=") ? expressions.expression() : null;
            parameters.add(new Statement.Parameter(parameter, fallback));
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.needOperator(")");
        endBlock();
        int outer = loops;
        loops = 0;
        List<Statement> body = body(Set.of("endmacro"), "macro");
        loops = outer;
        tokens.next();
        if (tokens.sees(Token.Kind.NAME)) {
            tokens.next();
        }
        endBlock();
        return new Statement.Macro(line, name, List.copyOf(parameters), body);
    }
}
