package telos.inference.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out the statements of a template. */
final class Interpreter {
    /** How a list of statements ended. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private final Run run;
    private final Evaluator evaluator;

    private Interpreter(Run run) {
        this.run = run;
        this.evaluator = new Evaluator(run);
    }

    static Text render(List<Statement> template, Scope scope, Run run) {
        return new Interpreter(run).capture(template, scope);
    }

    private Text capture(List<Statement> body, Scope scope) {
        Text.Builder out = new Text.Builder();
        all(body, scope, out);
        run.charge(out.length());
        return out.build();
    }

    private Flow all(List<Statement> body, Scope scope, Text.Builder out) {
        for (Statement statement : body) {
            Flow flow = one(statement, scope, out);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow one(Statement statement, Scope scope, Text.Builder out) {
        run.step();
        return switch (statement) {
            case Statement.Data data -> write(data.text(), out);
            case Statement.Output output -> write(Display.text(run, evaluator.value(output.expression(), scope)), out);
            case Statement.If branches -> {
                for (Statement.Branch branch : branches.branches()) {
                    if (Operations.truth(evaluator.value(branch.test(), scope))) {
                        yield all(branch.body(), scope, out);
                    }
                }
                yield all(branches.otherwise(), scope, out);
            }
            case Statement.For loop -> loop(loop, scope, out);
            case Statement.Set set -> {
                assign(set.line(), set.names(), evaluator.value(set.value(), scope), scope);
                yield Flow.ON;
            }
            case Statement.SetField set -> {
                Value value = evaluator.value(set.value(), scope);
                run.at(set.line());
                if (!(scope.find(set.namespace()) instanceof Value.Namespace space)) {
                    throw run.fail("'" + set.namespace() + "' is no namespace, so '" + set.field() + "' cannot be set");
                }
                space.fields().put(set.field(), value);
                yield Flow.ON;
            }
            case Statement.Capture capture -> {
                scope.set(capture.name(), capture(capture.body(), scope));
                yield Flow.ON;
            }
            case Statement.Macro macro -> {
                scope.set(macro.name(), macro(macro, scope));
                yield Flow.ON;
            }
            case Statement.Break _ -> Flow.BREAK;
            case Statement.Continue _ -> Flow.CONTINUE;
        };
    }

    private Flow write(Text text, Text.Builder out) {
        run.check((long) out.length() + text.length());
        run.charge(text.length());
        out.append(text);
        return Flow.ON;
    }

    private void assign(int line, List<String> names, Value value, Scope scope) {
        if (names.size() == 1) {
            scope.set(names.getFirst(), value);
            return;
        }
        run.at(line);
        List<Value> items = Operations.items(run, value);
        if (items.size() != names.size()) {
            throw run.fail("cannot give " + items.size() + " values to the " + names.size() + " names " + names);
        }
        for (int i = 0; i < names.size(); i++) {
            scope.set(names.get(i), items.get(i));
        }
    }

    private Flow loop(Statement.For loop, Scope scope, Text.Builder out) {
        Value iterable = evaluator.value(loop.iterable(), scope);
        run.at(loop.line());
        List<Value> items = Operations.items(run, iterable);
        Expression condition = loop.condition();
        if (condition != null) {
            List<Value> kept = new ArrayList<>();
            for (Value item : items) {
                run.round();
                Scope inner = new Scope(scope);
                assign(loop.line(), loop.names(), item, inner);
                if (Operations.truth(evaluator.value(condition, inner))) {
                    kept.add(item);
                }
            }
            items = kept;
        }
        if (items.isEmpty()) {
            return all(loop.otherwise(), scope, out);
        }
        for (int i = 0; i < items.size(); i++) {
            run.round();
            Scope inner = new Scope(scope);
            inner.set("loop", round(items, i));
            assign(loop.line(), loop.names(), items.get(i), inner);
            if (all(loop.body(), inner, out) == Flow.BREAK) {
                break;
            }
        }
        return Flow.ON;
    }

    private static Value round(List<Value> items, int index) {
        int size = items.size();
        Map<String, Value> fields = new HashMap<>();
        fields.put("index", Value.of(index + 1));
        fields.put("index0", Value.of(index));
        fields.put("revindex", Value.of(size - index));
        fields.put("revindex0", Value.of(size - index - 1));
        fields.put("first", Value.of(index == 0));
        fields.put("last", Value.of(index == size - 1));
        fields.put("length", Value.of(size));
        if (index > 0) {
            fields.put("previtem", items.get(index - 1));
        }
        if (index + 1 < size) {
            fields.put("nextitem", items.get(index + 1));
        }
        Value.Function cycle = (run, given) -> {
            if (given.positional().isEmpty()) {
                throw run.fail("loop.cycle needs values");
            }
            return given.positional().get(index % given.positional().size());
        };
        fields.put("cycle", cycle);
        return new Value.Namespace(fields);
    }

    private Value macro(Statement.Macro macro, Scope defined) {
        String[] names =
                macro.parameters().stream().map(Statement.Parameter::name).toArray(String[]::new);
        Value.Function function = (_, given) -> {
            run.enter();
            Scope scope = new Scope(defined);
            @Nullable Value[] bound = given.bind(run, "the macro '" + macro.name() + "'", names);
            for (int i = 0; i < names.length; i++) {
                Value value = bound[i];
                Expression fallback = macro.parameters().get(i).fallback();
                if (value == null) {
                    value = fallback == null ? new Value.Undefined(names[i]) : evaluator.value(fallback, scope);
                }
                scope.set(names[i], value);
            }
            Text text = capture(macro.body(), scope);
            run.leave();
            return text;
        };
        return function;
    }
}
