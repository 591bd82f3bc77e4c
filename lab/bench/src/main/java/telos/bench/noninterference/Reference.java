package telos.bench.noninterference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import telos.plans.Datum;
import telos.plans.DatumJson;
import telos.plans.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** CPython as the reference for what a plan means: one process for all plans, a line of JSON each way for each of them. */
final class Reference {
    private static final long MOST_MINUTES = 3;

    private static final String RUNNER = """
            import sys, json, struct, signal, resource, re
            from enum import Enum
            from datetime import datetime, date, time, timedelta, timezone
            assert sys.version_info >= (3, 11)
            sys.set_int_max_str_digits(0)
            resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))

            class ToolError(Exception):
                pass

            class BaseModel:
                def __init__(self, **given):
                    for name in self.__annotations__:
                        setattr(self, name, given[name] if name in given else getattr(type(self), name))

            class Slow(BaseException):
                pass

            def slow(*_):
                raise Slow()

            def plain(value):
                if value is None:
                    return "null"
                if isinstance(value, bool):
                    return "true" if value else "false"
                if isinstance(value, int):
                    return str(value)
                if isinstance(value, float):
                    return "float " + struct.pack(">d", value).hex()
                if isinstance(value, str):
                    return json.dumps(value)
                if isinstance(value, (list, tuple)):
                    return "[" + ", ".join(plain(each) for each in value) + "]"
                if isinstance(value, dict):
                    return "{" + ", ".join(json.dumps(str(key)) + ": " + plain(each) for key, each in value.items()) + "}"
                return json.dumps(str(value))

            def world(case, effects):
                def reader(result):
                    return lambda: json.loads(json.dumps(result))
                def effect(tool):
                    return lambda *given: effects.append(tool + "(" + ", ".join(plain(each) for each in given) + ")")
                def lookup(k):
                    if type(k) is int and 0 <= k < len(case["lookups"]):
                        return case["lookups"][k]
                    raise ToolError("there is none")
                def ask(question, data, schema):
                    if type(data) is int and 0 <= data < 3:
                        return {"ok": True, "value": data == 1}
                    return {"ok": False, "value": None}
                names = {name: reader(result) for name, result in case["results"].items()}
                for tool in case["effects"]:
                    names[tool] = effect(tool)
                names.update(lookup=lookup, ask=ask, echo=lambda x: x, print=lambda *given: [str(each) for each in given] and None)
                names.update(Enum=Enum, BaseModel=BaseModel, ToolError=ToolError, re=re)
                names.update(datetime=datetime, date=date, time=time, timedelta=timedelta, timezone=timezone)
                return names

            signal.signal(signal.SIGALRM, slow)
            for line in sys.stdin:
                case = json.loads(line)
                effects = []
                signal.alarm(5)
                try:
                    exec(compile(case["source"], "plan", "exec"), world(case, effects))
                    end = "ok"
                except (Slow, MemoryError):
                    end = "spent"
                except Exception as e:
                    end = type(e).__name__
                signal.alarm(0)
                print(json.dumps({"effects": effects, "end": end}))
            """;

    /** What there is to compare. */
    record Case(Trial trial, RandomWorld world, Sight sight) {}

    /**
     * What the comparison came to.
     *
     * @param compared those that ended within the bounds of both
     * @param mismatches each with its plan
     */
    record Verdict(int compared, List<String> mismatches) {}

    private Reference() {}

    /** @throws IOException if there is no such Python, with how to mend it */
    static Verdict compare(List<Case> cases) throws IOException, InterruptedException {
        Path input = Files.createTempFile("plans", ".jsonl");
        Path output = Files.createTempFile("effects", ".jsonl");
        Path errors = Files.createTempFile("python", ".txt");
        try {
            List<String> lines = new ArrayList<>();
            for (Case each : cases) {
                lines.add(line(each));
            }
            Files.write(input, lines);
            Process process;
            try {
                process = new ProcessBuilder("python3", "-c", RUNNER)
                        .redirectInput(input.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
            } catch (IOException e) {
                throw new IOException("there is no python3 to compare with; install python3, 3.11 or later", e);
            }
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("python3 did not come to an end within " + MOST_MINUTES + " minutes");
            }
            if (process.exitValue() != 0) {
                throw new IOException("python3 3.11 or later is needed to compare with; it said: "
                        + String.join("\n", Files.readAllLines(errors)));
            }
            return verdict(cases, Files.readAllLines(output));
        } finally {
            Files.delete(input);
            Files.delete(output);
            Files.delete(errors);
        }
    }

    private static String line(Case each) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("source", each.trial.source());
        ObjectNode results = node.putObject("results");
        ArrayNode effects = node.putArray("effects");
        each.world.tools().values().stream().filter(tool -> tool.effect()).forEach(tool -> effects.add(tool.name()));
        each.world.results().forEach((name, datum) -> results.set(name, DatumJson.of(datum)));
        ArrayNode lookups = node.putArray("lookups");
        each.world.lookups().forEach(datum -> lookups.add(DatumJson.of(datum)));
        return node.toString();
    }

    private static Verdict verdict(List<Case> cases, List<String> lines) throws IOException {
        if (lines.size() != cases.size()) {
            throw new IOException("python3 answered for " + lines.size() + " of " + cases.size() + " plans");
        }
        int compared = 0;
        List<String> mismatches = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Case each = cases.get(i);
            JsonNode answer = JsonMapper.shared().readTree(lines.get(i));
            List<String> effects = new ArrayList<>();
            answer.path("effects").forEach(effect -> effects.add(effect.asString()));
            String end = answer.path("end").asString();
            if (end.equals("spent") || each.sight.outcome() instanceof Outcome.Spent) {
                continue;
            }
            compared++;
            List<String> own =
                    each.sight.effects().stream().map(Reference::plain).toList();
            String ownEnd = end(each.sight.outcome());
            if (!own.equals(effects) || !ownEnd.equals(end)) {
                mismatches.add("seed " + each.trial.seed() + ": " + own + " " + ownEnd + " (" + each.sight.outcome()
                        + ")\n  CPython: " + effects + " " + end + "\n" + each.trial.source());
            }
        }
        return new Verdict(compared, mismatches);
    }

    private static String end(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ok _ -> "ok";
            case Outcome.Failed failed -> failed.type();
            case Outcome.Denied _, Outcome.Lost _, Outcome.Spent _, Outcome.Refused _ -> "not run";
        };
    }

    private static String plain(Sight.Deed deed) {
        List<String> arguments =
                deed.arguments().values().stream().map(Reference::plain).toList();
        return deed.tool() + "(" + String.join(", ", arguments) + ")";
    }

    private static String plain(Datum datum) {
        return switch (datum) {
            case Datum.Nothing _ -> "null";
            case Datum.Truth(boolean value) -> Boolean.toString(value);
            case Datum.Whole(var value) -> value.toString();
            case Datum.Real(double value) ->
                String.format(Locale.ROOT, "float %016x", Double.doubleToRawLongBits(value));
            case Datum.Text(String value) -> quoted(value);
            case Datum.Items(List<Datum> values) ->
                "[" + String.join(", ", values.stream().map(Reference::plain).toList()) + "]";
            case Datum.Fields(SequencedMap<String, Datum> values) ->
                "{"
                        + String.join(
                                ", ",
                                values.entrySet().stream()
                                        .map(each -> quoted(each.getKey()) + ": " + plain(each.getValue()))
                                        .toList())
                        + "}";
        };
    }

    /** As Python's json module writes it. */
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            switch (each) {
                case '"', '\\' -> out.append('\\').append(each);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (each < ' ' || each > '~') {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int) each));
                    } else {
                        out.append(each);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
