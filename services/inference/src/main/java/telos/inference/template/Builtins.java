package telos.inference.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions that every template sees. */
final class Builtins {
    private Builtins() {}

    static void define(Scope scope) {
        function(scope, "range", Builtins::range);
        function(scope, "namespace", Builtins::namespace);
        function(scope, "dict", Builtins::dict);
        function(scope, "raise_exception", Builtins::raise);
        function(scope, "strftime_now", Builtins::now);
    }

    private static void function(Scope scope, String name, Value.Function function) {
        scope.set(name, function);
    }

    private static Value range(Run run, Arguments given) {
        @Nullable Value[] all = given.bind(run, "range", "start", "stop", "step");
        if (all[0] == null) {
            throw run.fail("range needs a number");
        }
        long first = Operations.whole(run, all[0], "the argument of range");
        Value second = all[1];
        Value third = all[2];
        long from = second == null ? 0 : first;
        long to = second == null ? first : Operations.whole(run, second, "the end of range");
        long step = third == null ? 1 : Operations.whole(run, third, "the step of range");
        if (step == 0) {
            throw run.fail("the step of range must not be 0");
        }
        double size = Math.ceil(((double) to - from) / step);
        run.check((long) size);
        List<Value> items = new ArrayList<>();
        for (long n = 0, at = from; n < size; n++, at += step) {
            run.charge(4);
            items.add(Value.of(at));
        }
        return new Value.Sequence(items);
    }

    private static Value namespace(Run run, Arguments given) {
        Map<String, Value> fields = new HashMap<>();
        for (Value start : given.positional()) {
            if (!(start instanceof Value.Mapping map)) {
                throw run.fail("namespace takes a mapping or named values, not " + start.sort());
            }
            map.entries()
                    .forEach((key, value) -> fields.put(Display.text(run, key).value(), value));
        }
        fields.putAll(given.named());
        return new Value.Namespace(fields);
    }

    private static Value dict(Run run, Arguments given) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (Value start : given.positional()) {
            if (!(start instanceof Value.Mapping map)) {
                throw run.fail("dict takes a mapping or named values, not " + start.sort());
            }
            entries.putAll(map.entries());
        }
        given.named().forEach((name, value) -> entries.put(Text.trusted(name), value));
        return new Value.Mapping(entries);
    }

    private static Value raise(Run run, Arguments given) {
        Value message = given.require(run, "raise_exception", "message")[0];
        throw TemplateException.raised(run.line(), Display.text(run, message).value());
    }

    private static Value now(Run run, Arguments given) {
        Value format = given.require(run, "strftime_now", "format")[0];
        return Strftime.format(run, Display.text(run, format).value());
    }
}
