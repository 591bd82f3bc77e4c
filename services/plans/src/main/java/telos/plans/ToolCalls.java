package telos.plans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Audience;
import telos.kernel.security.FlowCheck;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Rule;
import telos.kernel.security.Source;
import telos.kernel.security.Verdict;
import telos.plans.syntax.Position;
import telos.plans.values.Arguments;
import telos.plans.values.DictBox;
import telos.plans.values.ErrorKind;
import telos.plans.values.ExceptionBox;
import telos.plans.values.Kind;
import telos.plans.values.Labels;
import telos.plans.values.Outline;
import telos.plans.values.Payload;
import telos.plans.values.PlanFailure;
import telos.plans.values.Text;
import telos.plans.values.Texts;
import telos.plans.values.Value;

/**
 * The one place where a plan reaches the outside: what it may send is decided here, from labels alone.
 *
 * <p>This file is long because it has each check of a run and the same check of a walk.
 */
@SuppressWarnings({"ReferenceEquality", "TypeNameShadowing"
}) // the same object is the quick way; equal ones take the slow one
final class ToolCalls {
    static final String QUESTION = "question";
    static final String DATA = "data";
    static final String SCHEMA = "schema";

    /** What {@code print} can be given by name. */
    private static final Set<String> PRINTED = Set.of("sep", "end");

    /** The most memory that one result takes. */
    static final long MOST_BYTES = 4L << 20;

    private ToolCalls() {}

    private static PlanFailure failure(ErrorKind kind, String message, Label label) {
        return new PlanFailure(
                new ExceptionBox(kind.type(), List.of(Value.of(message).raised(label))), label);
    }

    static Value call(Frame frame, ToolFunction function, Arguments arguments) {
        Machine machine = frame.machine;
        if (function.sort == ToolFunction.Sort.PRINT) {
            return print(frame, arguments);
        }
        Tool tool = function.tool;
        SequencedMap<String, Value> given;
        try {
            given = bind(
                    tool,
                    arguments.inOrder(),
                    arguments.byName(),
                    fallback -> Data.in(fallback, Label.BOTTOM, List.of(), Label.BOTTOM, null));
        } catch (Binding.Misfit misfit) {
            throw failure(ErrorKind.TYPE, misfit.words(), machine.pc);
        }
        Position position = position(frame);
        Label context = check(machine, position, tool, given);
        return switch (function.sort) {
            case ASK -> ask(frame, given);
            case TOOL -> result(frame, position, function, given, context);
            case PRINT -> throw new IllegalStateException();
        };
    }

    private static Position position(Frame frame) {
        Step at = frame.home().at;
        return at == null ? new Position(1, 1) : at.position;
    }

    static <T> SequencedMap<String, T> bind(
            Tool tool, List<T> inOrder, Map<String, T> byName, java.util.function.Function<Datum, T> fallback) {
        if (inOrder.size() > tool.parameters().size()) {
            throw new Binding.Misfit(tool.name() + "() takes "
                    + tool.parameters().size() + " arguments ("
                    + String.join(
                            ", ",
                            tool.parameters().stream().map(Parameter::name).toList()) + "), but "
                    + inOrder.size() + " were given");
        }
        for (String name : byName.keySet()) {
            if (tool.parameter(name).isEmpty()) {
                throw new Binding.Misfit(tool.name() + "() got an unexpected keyword argument '" + name + "'");
            }
        }
        SequencedMap<String, T> given = new LinkedHashMap<>();
        for (int i = 0; i < tool.parameters().size(); i++) {
            Parameter parameter = tool.parameters().get(i);
            T named = byName.get(parameter.name());
            if (i < inOrder.size()) {
                if (named != null) {
                    throw new Binding.Misfit(
                            tool.name() + "() got multiple values for argument '" + parameter.name() + "'");
                }
                given.put(parameter.name(), inOrder.get(i));
            } else if (named != null) {
                given.put(parameter.name(), named);
            } else if (parameter.fallback().isPresent()) {
                given.put(parameter.name(), fallback.apply(parameter.fallback().get()));
            } else {
                throw new Binding.Misfit(tool.name() + "() is missing the argument '" + parameter.name() + "'");
            }
        }
        return given;
    }

    /** The label of what decided that the call is made, as it was checked. */
    private static Label check(Machine machine, Position position, Tool tool, SequencedMap<String, Value> given) {
        if (!machine.rules.tracking) {
            return Label.BOTTOM;
        }
        Label context = Label.BOTTOM;
        if (machine.rules.hold(LabelRule.CONTEXT_IN_CHECK)) {
            context = machine.pc;
        }
        if (machine.rules.hold(LabelRule.PROGRESS_IN_CHECK)) {
            context = context.join(machine.progress);
        }
        if (tool.effect() && tool.requires().isEmpty() && machine.policy == null) {
            machine.listener.checked(position, tool, Tool.CALL, context, false);
            denied(machine, position, tool, given, FlowCheck.unruled(tool.name()));
            return context;
        }
        Verdict verdict = Verdict.ALLOWED;
        for (Map.Entry<String, List<Rule>> each : tool.requires().entrySet()) {
            Value argument = given.get(each.getKey());
            boolean call = each.getKey().equals(Tool.CALL);
            if (call && !machine.rules.hold(LabelRule.CALL_RULE)) {
                continue;
            }
            Label label = argument == null ? context : context.join(Labels.deep(argument));
            boolean allowed = true;
            for (Rule rule : each.getValue()) {
                Label asked = label;
                if (rule.audience() instanceof Audience.NamedBy(String other)) {
                    Label named = Labels.deep(java.util.Objects.requireNonNull(given.get(other)));
                    if (machine.rules.hold(LabelRule.NAMED_READERS_JOIN)) {
                        asked = asked.join(named);
                        if (!asked.readers().everyone()
                                && !machine.open(named)
                                && machine.rules.hold(LabelRule.PROGRESS_DENIAL)) {
                            machine.progress = machine.progress.join(named).join(machine.pc);
                        }
                    }
                }
                Verdict one = FlowCheck.check(
                        tool.name(),
                        each.getKey(),
                        asked,
                        rule,
                        name -> principals(java.util.Objects.requireNonNull(given.get(name))));
                allowed &= !(one instanceof Verdict.Denied);
                if (one instanceof Verdict.Denied && !(verdict instanceof Verdict.Denied)) {
                    verdict = one;
                }
            }
            machine.listener.checked(position, tool, each.getKey(), label, allowed);
        }
        denied(machine, position, tool, given, verdict);
        PolicyGate.check(machine, position, tool, given, context);
        return context;
    }

    private static void denied(
            Machine machine, Position position, Tool tool, SequencedMap<String, Value> given, Verdict verdict) {
        if (verdict instanceof Verdict.Denied denied) {
            SequencedMap<String, Datum> sent = new LinkedHashMap<>();
            given.forEach((name, value) -> sent.put(name, Data.sent(machine, value)));
            if (machine.world.agrees(tool, sent, denied)) {
                return;
            }
            machine.listener.denied(position, tool.name(), denied.reason());
            throw new Machine.Refused(position, tool.name(), denied.reason());
        }
    }

    /** Whom an argument names: a string or a list of strings; anything else could be anybody. */
    private static Readers principals(Value value) {
        return switch (Data.out(value)) {
            case Datum.Text(String name) -> name.equals("*") ? Readers.EVERYONE : Readers.of(name);
            case Datum.Items(List<Datum> values) -> {
                List<String> names = new ArrayList<>();
                for (Datum each : values) {
                    if (!(each instanceof Datum.Text(String name)) || name.equals("*")) {
                        yield Readers.EVERYONE;
                    }
                    names.add(name);
                }
                yield names.size() > Readers.MOST ? Readers.EVERYONE : Readers.of(names);
            }
            default -> Readers.EVERYONE;
        };
    }

    private static Label asked(Machine machine, SequencedMap<String, Value> given) {
        Label asked = Label.BOTTOM;
        if (machine.rules.hold(LabelRule.TOOL_RESULT_ARGUMENTS)) {
            for (Value each : given.values()) {
                asked = asked.join(Labels.deep(each));
            }
        }
        return machine.rules.hold(LabelRule.TOOL_RESULT_CONTEXT) ? asked.join(machine.pc) : asked;
    }

    private static Value result(
            Frame frame, Position position, ToolFunction function, SequencedMap<String, Value> given, Label context) {
        Machine machine = frame.machine;
        Tool tool = function.tool;
        Label asked = asked(machine, given);
        if (tool.mayFail()) {
            machine.mayFail(frame, Failures.of(ErrorKind.TOOL), asked);
        }
        SequencedMap<String, Datum> sent = new LinkedHashMap<>();
        Map<String, Label> labels = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            sent.put(name, Data.sent(machine, value));
            labels.put(name, machine.rules.tracking ? Labels.deep(value) : Label.BOTTOM);
        });
        Result result = machine.world.call(new Invocation(tool, sent, context, labels));
        if (result instanceof Result.Value value) {
            String why = Data.tooLarge(value.datum());
            if (why != null) {
                result = new Result.Failed("the result of " + tool.name() + " is too large: " + why);
            }
        }
        return switch (result) {
            case Result.Denied(String reason) -> {
                if (!machine.world.decides(tool)) {
                    throw new IllegalStateException(
                            "a world denies " + tool.name() + ", about which it does not decide");
                }
                throw PolicyGate.refused(machine, position, tool, reason);
            }
            case Result.Lost(String why) -> throw new Machine.Lost(position, why);
            case Result.Failed(String message) -> {
                Label label = asked.join(machine.pc);
                throw new PlanFailure(
                        new ExceptionBox(
                                ErrorKind.TOOL.type(),
                                List.of(new Value(
                                        Text.of(message),
                                        machine.rules.tracking ? label.join(tool.result()) : Label.BOTTOM,
                                        Data.bounded(Kind.STR)))),
                        label);
            }
            case Result.Value value -> {
                if (tool.effect()) {
                    machine.listener.effect(position, tool, sent);
                }
                if (!machine.rules.tracking || !machine.rules.hold(LabelRule.TOOL_RESULT_LABEL)) {
                    yield Data.in(value.datum(), Label.BOTTOM, List.of(), asked, null);
                }
                Label label = value.own().map(tool.result()::join).orElse(tool.result());
                List<Pointer.Trail> trails = Pointer.Trail.of(tool.labels());
                Outline known = asked == Label.BOTTOM
                        ? null
                        : tool.samples().isEmpty()
                                ? Outline.ANY
                                : function.form().outline();
                Outline most = known != null ? known : Data.typed(List.of(value.datum()));
                if (label == Label.BOTTOM && trails.isEmpty()) {
                    machine.bytes(Math.min(MOST_BYTES, most.bytes()));
                } else {
                    // Of what is in a container, and whether anything is, nothing may be told.
                    boolean holds = known == null && most.element() != null;
                    machine.reserve(0, holds ? MOST_BYTES : Math.min(MOST_BYTES, most.bytes()), label.join(asked));
                }
                Form form = tool.samples().isEmpty() ? null : function.form();
                yield joined(
                        Data.in(value.datum(), label, trails, asked, known, Data.typed(tool.samples()), form), value);
            }
        };
    }

    /** Labels that came with a result join those that the tool has. */
    private static Value joined(Value made, Result.Value result) {
        for (Map.Entry<String, Label> each : result.labels().entrySet()) {
            Contents.raise(made, Pointer.steps(each.getKey()).orElse(List.of()), each.getValue());
        }
        return made;
    }

    private static Value ask(Frame frame, SequencedMap<String, Value> given) {
        Machine machine = frame.machine;
        Label label = machine.rules.hold(LabelRule.ASK_JOIN) ? asked(machine, given) : machine.pc;
        Datum question = Data.sent(machine, java.util.Objects.requireNonNull(given.get(QUESTION)));
        Optional<Datum> answer = machine.world.ask(
                question instanceof Datum.Text(String text)
                        ? text
                        : Texts.brief(java.util.Objects.requireNonNull(given.get(QUESTION))
                                .payload()),
                Data.sent(machine, java.util.Objects.requireNonNull(given.get(DATA))),
                Data.sent(machine, java.util.Objects.requireNonNull(given.get(SCHEMA))));
        if (answer.isPresent() && Data.tooLarge(answer.get()) != null) {
            answer = Optional.empty();
        }
        Label own = label.from(new Source(Source.Kind.MODEL, "ask"));
        Label kept = label == Label.BOTTOM ? Label.BOTTOM : own;
        Outline known = answers(machine);
        machine.reserve(0, Math.min(MOST_BYTES, known.bytes()), kept);
        DictBox dict = new DictBox();
        dict.put(
                Value.of("ok"),
                new Value(Value.of(answer.isPresent()).payload(), kept, kept == Label.BOTTOM ? null : Outline.BOOL));
        dict.put(
                Value.of("value"),
                Data.in(
                        answer.orElse(Datum.NOTHING),
                        Label.BOTTOM,
                        List.of(),
                        kept,
                        kept == Label.BOTTOM ? null : known));
        return new Value(dict);
    }

    private static Outline answers(Machine machine) {
        List<Datum> answers = machine.world.answers();
        return answers.isEmpty() ? Outline.ANY : Data.typed(answers).union(Outline.NONE);
    }

    private static Value print(Frame frame, Arguments arguments) {
        Machine machine = frame.machine;
        Map<String, Value> named = arguments.byName();
        for (String each : named.keySet()) {
            if (!PRINTED.contains(each)) {
                throw failure(
                        ErrorKind.TYPE, "print() takes no argument '" + each + "'; it takes sep and end", machine.pc);
            }
        }
        String separator = part(machine, named.get("sep"), " ");
        List<String> words = new ArrayList<>();
        for (Value each : arguments.inOrder()) {
            words.add(written(machine, each));
        }
        machine.listener.printed(String.join(separator, words) + part(machine, named.get("end"), "\n"));
        return Value.NOTHING;
    }

    private static String part(Machine machine, @Nullable Value value, String usual) {
        return value == null || value.payload() == telos.plans.values.Nothing.NOTHING ? usual : written(machine, value);
    }

    /** That something cannot be written, or is too long, fails only where everybody may know of it. */
    private static String written(Machine machine, Value value) {
        if (value.payload() instanceof Text text) {
            return text.string();
        }
        return machine.pc.isBottom() && Labels.deep(value).isBottom()
                ? Texts.str(machine, value)
                : Texts.brief(value.payload());
    }

    // The same in a walk.

    static Shadow walk(
            Walk walk, Object site, ToolFunction function, List<Shadow> inOrder, Map<String, Shadow> byName) {
        if (function.sort == ToolFunction.Sort.PRINT) {
            if (!PRINTED.containsAll(byName.keySet())) {
                walk.fails(Failures.of(ErrorKind.TYPE), Label.BOTTOM);
            }
            if (walk.live()) {
                walk.escapes(Failures.of(ErrorKind.VALUE, ErrorKind.RECURSION), Label.BOTTOM, null);
            }
            return Shadow.known(Value.NOTHING);
        }
        Tool tool = function.tool;
        SequencedMap<String, Shadow> given;
        try {
            given = bind(
                    tool,
                    inOrder,
                    byName,
                    fallback -> walk.lift(Data.in(fallback, Label.BOTTOM, List.of(), Label.BOTTOM, null)));
        } catch (Binding.Misfit _) {
            walk.fails(Failures.of(ErrorKind.TYPE), Label.BOTTOM);
            return Shadow.of(Outline.NEVER, walk.pc);
        }
        walkCheck(walk, tool, given);
        walk.called(tool);
        Label asked = walk.pc;
        for (Shadow each : given.values()) {
            asked = asked.join(walk.deep(each));
        }
        if (function.sort == ToolFunction.Sort.ASK) {
            Outline value = answers(walk.machine);
            Map<String, Shadow> fields = new LinkedHashMap<>();
            fields.put("ok", Shadow.of(Outline.BOOL, asked));
            fields.put("value", walk.nested(new Form.Part(site, function), value, asked));
            Map<String, Outline> outlines = new LinkedHashMap<>();
            outlines.put("ok", Outline.BOOL);
            outlines.put("value", value);
            return WalkCalls.made(walk, site, Outline.dict(outlines), List.copyOf(fields.values()), fields);
        }
        if (tool.mayFail()) {
            walk.fails(Failures.of(ErrorKind.TOOL), asked);
        }
        Outline most = function.form().outline();
        boolean holds = asked == Label.BOTTOM && most.element() != null;
        walk.reserves(0, holds ? MOST_BYTES : Math.min(MOST_BYTES, most.bytes()), asked.join(all(tool)));
        if (tool.samples().isEmpty()) {
            return walk.nested(new Form.Part(site, function), Outline.ANY, asked.join(all(tool)));
        }
        return function.form().walk(walk, site, asked);
    }

    private static Label all(Tool tool) {
        Label all = tool.result();
        for (Label each : tool.labels().values()) {
            all = all.join(each);
        }
        return all;
    }

    private static void walkCheck(Walk walk, Tool tool, SequencedMap<String, Shadow> given) {
        Label context = walk.context();
        if (tool.effect() && tool.requires().isEmpty() && walk.machine.policy == null) {
            walk.mayBeDenied(Label.BOTTOM);
            walk.finding(tool, Tool.CALL, context, FlowCheck.unruled(tool.name()));
            return;
        }
        for (Map.Entry<String, List<Rule>> each : tool.requires().entrySet()) {
            Shadow argument = given.get(each.getKey());
            Label label = argument == null ? context : context.join(walk.deep(argument));
            for (Rule rule : each.getValue()) {
                Label asked = label;
                Label value = Label.BOTTOM;
                if (rule.audience() instanceof Audience.NamedBy(String other)) {
                    value = walk.deep(java.util.Objects.requireNonNull(given.get(other)));
                    asked = asked.join(value);
                    if (!asked.readers().everyone() && value != Label.BOTTOM) {
                        walk.mayBeDenied(value);
                    }
                }
                Verdict verdict = FlowCheck.check(
                        tool.name(),
                        each.getKey(),
                        asked,
                        rule,
                        name -> walkPrincipals(walk, java.util.Objects.requireNonNull(given.get(name))));
                if (verdict instanceof Verdict.Denied) {
                    walk.mayBeDenied(value);
                    walk.finding(tool, each.getKey(), asked, verdict);
                }
            }
        }
        PolicyGate.walk(walk, tool, given);
    }

    private static Readers walkPrincipals(Walk walk, Shadow shadow) {
        Value known = shadow.known();
        if (known != null && known.payload() instanceof Text) {
            return principals(known);
        }
        Outline outline = walk.outline(shadow);
        Payload constant = outline.constant();
        if (constant instanceof Text text) {
            return principals(new Value(text));
        }
        Outline element = outline.isOnly(Kind.LIST) || outline.isOnly(Kind.TUPLE) ? outline.element() : null;
        if (element != null && element.constant() instanceof Text text) {
            return principals(new Value(text));
        }
        if (outline.isOnly(Kind.TUPLE) && outline.fields() != null) {
            List<String> names = new ArrayList<>();
            for (Outline each : outline.fields().values()) {
                if (!(each.constant() instanceof Text text) || text.string().equals("*")) {
                    return Readers.EVERYONE;
                }
                names.add(text.string());
            }
            return Readers.of(new LinkedHashSet<>(names));
        }
        return Readers.EVERYONE;
    }
}
