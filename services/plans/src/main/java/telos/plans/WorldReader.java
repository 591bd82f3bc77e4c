package telos.plans;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import telos.kernel.security.Audience;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Rule;
import telos.kernel.security.Source;
import telos.kernel.security.policy.Policy;
import telos.plans.policy.PolicyFault;
import telos.plans.policy.PolicyParser;
import telos.plans.policy.PolicyRead;
import telos.plans.policy.PolicyText;
import telos.plans.policy.ShippedPolicies;
import telos.plans.syntax.PlanParser;
import telos.plans.values.Builtins;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a {@link WorldFile}. Whatever it does not know it refuses, so that a slip of the pen never opens a flow.
 *
 * <p>This file is long because it has each part of the format.
 */
final class WorldReader {
    private static final Set<String> KEYS = Set.of("tools", "asks", "policy");
    private static final Set<String> TOOL_KEYS = Set.of(
            "params",
            "effect",
            "requires",
            "result",
            "results",
            "error",
            "label",
            "labels",
            "description",
            "returns",
            "server",
            "definition");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String source;
    private final WorldFile.Beside beside;

    WorldReader(String source, WorldFile.Beside beside) {
        this.source = source;
        this.beside = beside;
    }

    WorldFile read(String json) throws WorldException {
        JsonNode root = tree(json);
        known("", root, KEYS);
        SequencedMap<String, Tool> tools = new LinkedHashMap<>();
        Map<String, WorldFile.Script> scripts = new HashMap<>();
        Map<String, Manual> manuals = new HashMap<>();
        JsonNode all = object("tools", root.path("tools"), true);
        for (Map.Entry<String, JsonNode> each : all.properties()) {
            String name = tool(each.getKey());
            tool("tools." + name, name, each.getValue(), tools, scripts);
            manuals.put(name, manual("tools." + name, each.getValue()));
        }
        Map<String, List<Rule>> askRules = new LinkedHashMap<>();
        List<WorldFile.Prepared> asks = asks(root.path("asks"), askRules);
        return new WorldFile(tools, scripts, asks, askRules, manuals, policy(root.path("policy"), tools.keySet()));
    }

    private Optional<Policy> policy(JsonNode node, Collection<String> tools) throws WorldException {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        String path = text("policy", node);
        try {
            byte[] bytes;
            if (path.startsWith(ShippedPolicies.PREFIX)) {
                bytes = ShippedPolicies.read(path.substring(ShippedPolicies.PREFIX.length()))
                        .orElseThrow(() -> fault(
                                "policy", ShippedPolicies.unknown(path.substring(ShippedPolicies.PREFIX.length()))));
            } else {
                bytes = beside.read(path);
            }
            return switch (PolicyParser.read(bytes)) {
                case PolicyRead.Accepted(PolicyText text) -> Optional.of(text.policy(tools));
                case PolicyRead.Refused(PolicyFault fault) -> throw fault("policy", path + ": " + fault.describe());
            };
        } catch (IOException e) {
            throw fault("policy", "cannot read " + path + ": " + e.getMessage());
        }
    }

    private JsonNode tree(String json) throws WorldException {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (root == null || !root.isObject()) {
                throw new WorldException(source + ": a world is a JSON object such as {\"tools\": {}}");
            }
            return root;
        } catch (JacksonException e) {
            String where = e.getLocation() == null
                    ? ""
                    : ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
            throw new WorldException(source + where + ": no valid JSON: " + e.getOriginalMessage());
        }
    }

    private void tool(
            String at, String name, JsonNode node, Map<String, Tool> tools, Map<String, WorldFile.Script> scripts)
            throws WorldException {
        object(at, node, false);
        known(at + ".", node, TOOL_KEYS);
        List<Parameter> parameters = parameters(at + ".params", node.path("params"));
        Set<String> names = new TreeSet<>();
        for (Parameter each : parameters) {
            if (!names.add(each.name())) {
                throw fault(at + ".params", "two parameters are called '" + each.name() + "'; rename one");
            }
        }
        if (!node.path("effect").isBoolean()) {
            throw fault(at + ".effect", "say true if a call changes something outside, else false");
        }
        Label label = node.has("label") ? label(at + ".label", node.path("label")) : Label.MISSING;
        label = label.from(Source.tool(name));
        List<WorldFile.Case> cases = new ArrayList<>();
        List<Datum> samples = new ArrayList<>();
        boolean mayFail = false;
        JsonNode results = node.path("results");
        if (!results.isMissingNode() && !results.isArray()) {
            throw fault(at + ".results", "expected a list such as [{\"args\": {}, \"result\": 1}]");
        }
        for (int i = 0; i < results.size(); i++) {
            String here = at + ".results[" + i + "]";
            JsonNode entry = object(here, results.get(i), false);
            known(here + ".", entry, Set.of("args", "result", "error"));
            Map<String, Datum> arguments = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> each :
                    object(here + ".args", entry.path("args"), true).properties()) {
                if (!names.contains(each.getKey())) {
                    throw fault(here + ".args", unknownParameter(each.getKey(), names));
                }
                arguments.put(each.getKey(), datum(here + ".args." + each.getKey(), each.getValue()));
            }
            Optional<Result> result = result(here, entry);
            cases.add(new WorldFile.Case(
                    arguments, result.orElseThrow(() -> fault(here, "it needs a 'result' or an 'error'"))));
        }
        Result otherwise = result(at, node).orElse(new Result.Failed("no result is prepared for these arguments"));
        for (Result each : all(cases, otherwise)) {
            switch (each) {
                case Result.Value value -> samples.add(value.datum());
                case Result.Failed _, Result.Denied _, Result.Lost _ -> mayFail = true;
            }
        }
        SequencedMap<String, Label> labels = labels(at + ".labels", node.path("labels"), samples, name);
        Map<String, List<Rule>> requires = requires(at + ".requires", node.path("requires"), names);
        tools.put(
                name,
                new Tool(
                        name,
                        parameters,
                        node.path("effect").booleanValue(),
                        requires,
                        label,
                        labels,
                        mayFail,
                        samples));
        scripts.put(name, new WorldFile.Script(cases, otherwise));
    }

    private Manual manual(String at, JsonNode node) throws WorldException {
        if (node.has("definition") != node.has("server")) {
            throw fault(at, "a 'server' and its 'definition' of the tool belong together; write both or neither");
        }
        if (node.has("definition")) {
            if (node.has("description") || node.has("returns")) {
                throw fault(at, "a tool that a server defines has its description and types in the 'definition'");
            }
            Datum.Fields whole = (Datum.Fields)
                    datum(at + ".definition", object(at + ".definition", node.path("definition"), false));
            String server = text(at + ".server", node.path("server"));
            if (server.isBlank() || server.contains("/")) {
                throw fault(at + ".server", "the name of a server is not empty and has no '/'");
            }
            text(at + ".definition.name", node.path("definition").path("name"));
            return Manuals.of(server, whole);
        }
        SequencedMap<String, Schema> parameters = new LinkedHashMap<>();
        for (JsonNode each : node.path("params")) {
            if (each.has("type")) {
                parameters.put(each.path("name").asString(), schema(at + ".params", each.path("type")));
            }
        }
        return new Manual(
                node.has("description") ? text(at + ".description", node.path("description")) : "",
                parameters,
                node.has("returns") ? Optional.of(schema(at + ".returns", node.path("returns"))) : Optional.empty(),
                Optional.empty());
    }

    private Schema schema(String at, JsonNode node) throws WorldException {
        return switch (Schema.read(datum(at, node))) {
            case SchemaRead.Accepted(Schema schema) -> schema;
            case SchemaRead.Refused(String why) -> throw fault(at, why);
        };
    }

    private static List<Result> all(List<WorldFile.Case> cases, Result otherwise) {
        List<Result> all = new ArrayList<>();
        cases.forEach(each -> all.add(each.result()));
        all.add(otherwise);
        return all;
    }

    private List<Parameter> parameters(String at, JsonNode node) throws WorldException {
        List<Parameter> parameters = new ArrayList<>();
        if (node.isMissingNode()) {
            return parameters;
        }
        if (!node.isArray()) {
            throw fault(at, "expected a list of names such as [\"to\", \"amount\"]");
        }
        for (int i = 0; i < node.size(); i++) {
            JsonNode each = node.get(i);
            String here = at + "[" + i + "]";
            String name;
            Optional<Datum> fallback = Optional.empty();
            if (each.isObject()) {
                known(here + ".", each, Set.of("name", "default", "type"));
                name = text(here + ".name", each.path("name"));
                if (each.has("default")) {
                    fallback = Optional.of(datum(here + ".default", each.path("default")));
                }
            } else {
                name = text(here, each);
            }
            if (name.equals(Tool.CALL)) {
                throw fault(here, "a parameter cannot be called 'call', which names the call itself in rules");
            }
            parameters.add(new Parameter(name(at, name), fallback));
        }
        return parameters;
    }

    private Optional<Result> result(String at, JsonNode node) throws WorldException {
        if (node.has("result") && node.has("error")) {
            throw fault(at, "it has both a 'result' and an 'error'; keep one");
        }
        if (node.has("error")) {
            return Optional.of(new Result.Failed(text(at + ".error", node.path("error"))));
        }
        return node.has("result")
                ? Optional.of(Result.Value.of(datum(at + ".result", node.path("result"))))
                : Optional.empty();
    }

    private SequencedMap<String, Label> labels(String at, JsonNode node, List<Datum> samples, String tool)
            throws WorldException {
        SequencedMap<String, Label> labels = new LinkedHashMap<>();
        if (node.isMissingNode()) {
            return labels;
        }
        for (Map.Entry<String, JsonNode> each : object(at, node, false).properties()) {
            List<String> steps = Pointer.steps(each.getKey())
                    .orElseThrow(() -> fault(
                            at,
                            "'" + each.getKey() + "' is no JSON pointer; one looks like \"/0/body\" or \"/*/body\""));
            if (samples.stream().noneMatch(sample -> Pointer.matches(steps, sample))) {
                throw fault(at, "the pointer '" + each.getKey() + "' matches nothing in any result; mend or remove it");
            }
            labels.put(
                    each.getKey(),
                    label(at + "." + each.getKey(), each.getValue()).from(Source.tool(tool)));
        }
        return labels;
    }

    private Label label(String at, JsonNode node) throws WorldException {
        object(at, node, false);
        known(at + ".", node, Set.of("integrity", "readers"));
        Integrity integrity =
                node.has("integrity") ? integrity(at + ".integrity", node.path("integrity")) : Integrity.UNTRUSTED;
        Readers readers = Readers.NOBODY;
        if (node.has("readers")) {
            List<String> principals = principals(at + ".readers", node.path("readers"));
            readers = readers(at + ".readers", principals);
        }
        return Label.of(integrity, readers);
    }

    private Map<String, List<Rule>> requires(String at, JsonNode node, Collection<String> parameters)
            throws WorldException {
        Map<String, List<Rule>> requires = new LinkedHashMap<>();
        if (node.isMissingNode()) {
            return requires;
        }
        for (Map.Entry<String, JsonNode> each : object(at, node, false).properties()) {
            String name = each.getKey();
            if (!name.equals(Tool.CALL) && !parameters.contains(name)) {
                throw fault(at, unknownParameter(name, parameters));
            }
            requires.put(name, rules(at + "." + name, each.getValue(), parameters));
        }
        return requires;
    }

    private List<Rule> rules(String at, JsonNode node, Collection<String> parameters) throws WorldException {
        object(at, node, false);
        known(at + ".", node, Set.of("integrity", "readers"));
        Integrity atLeast =
                node.has("integrity") ? integrity(at + ".integrity", node.path("integrity")) : Integrity.UNTRUSTED;
        List<Rule> rules = new ArrayList<>();
        if (node.has("readers")) {
            List<String> exact = new ArrayList<>();
            for (String each : principals(at + ".readers", node.path("readers"))) {
                if (each.startsWith("$")) {
                    String other = each.substring(1);
                    if (!parameters.contains(other)) {
                        throw fault(
                                at + ".readers",
                                "'" + each + "' names no parameter; " + unknownParameter(other, parameters));
                    }
                    rules.add(Rule.toldTo(other));
                } else {
                    exact.add(each);
                }
            }
            if (!exact.isEmpty() || rules.isEmpty()) {
                rules.add(new Rule(atLeast, new Audience.Exactly(readers(at + ".readers", exact))));
            }
        }
        if (rules.isEmpty() || atLeast != Integrity.UNTRUSTED) {
            rules.add(Rule.trusted(atLeast));
        }
        return List.copyOf(rules);
    }

    private List<WorldFile.Prepared> asks(JsonNode node, Map<String, List<Rule>> rules) throws WorldException {
        List<WorldFile.Prepared> asks = new ArrayList<>();
        if (node.isMissingNode()) {
            return asks;
        }
        Set<String> parts = Set.of("question", "data", "schema");
        JsonNode entries = node;
        String at = "asks";
        if (node.isObject()) {
            known("asks.", node, Set.of("requires", "answers"));
            requires("asks.requires", node.path("requires"), parts).forEach((key, more) -> add(rules, key, more));
            entries = node.path("answers");
            at = "asks.answers";
        }
        if (!entries.isArray()) {
            throw fault(
                    at,
                    "expected a list such as [{\"question\": \"is it spam?\", \"data\": \"hi\", \"answer\": true}]");
        }
        for (int i = 0; i < entries.size(); i++) {
            String here = at + "[" + i + "]";
            JsonNode entry = object(here, entries.get(i), false);
            known(here + ".", entry, Set.of("question", "data", "schema", "answer", "requires"));
            for (String needed : List.of("data", "answer")) {
                if (!entry.has(needed)) {
                    throw fault(here, "it has no '" + needed + "'");
                }
            }
            requires(here + ".requires", entry.path("requires"), parts).forEach((key, more) -> add(rules, key, more));
            asks.add(new WorldFile.Prepared(
                    text(here + ".question", entry.path("question")),
                    datum(here + ".data", entry.path("data")),
                    entry.has("schema") ? Optional.of(datum(here + ".schema", entry.path("schema"))) : Optional.empty(),
                    datum(here + ".answer", entry.path("answer"))));
        }
        return asks;
    }

    private static void add(Map<String, List<Rule>> rules, String key, List<Rule> more) {
        List<Rule> both = new ArrayList<>(rules.getOrDefault(key, List.of()));
        both.addAll(more);
        rules.put(key, List.copyOf(both));
    }

    private Integrity integrity(String at, JsonNode node) throws WorldException {
        try {
            return Integrity.named(text(at, node));
        } catch (IllegalArgumentException e) {
            throw fault(at, String.valueOf(e.getMessage()));
        }
    }

    private List<String> principals(String at, JsonNode node) throws WorldException {
        if (node.isString() && node.stringValue().equals("*")) {
            return List.of("*");
        }
        if (!node.isArray()) {
            throw fault(at, "expected a list of principals such as [\"alice\"], or [\"*\"] for everyone");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            names.add(text(at + "[" + i + "]", node.get(i)));
        }
        return names;
    }

    private Readers readers(String at, List<String> principals) throws WorldException {
        if (principals.contains("*")) {
            return Readers.EVERYONE;
        }
        for (String each : principals) {
            if (each.startsWith("$")) {
                throw fault(at, "'" + each + "' stands for an argument, and can be written under 'requires' only");
            }
        }
        try {
            return Readers.of(principals);
        } catch (IllegalArgumentException e) {
            throw fault(at, String.valueOf(e.getMessage()));
        }
    }

    private Datum datum(String at, JsonNode node) throws WorldException {
        if (node.isNull()) {
            return Datum.NOTHING;
        }
        if (node.isBoolean()) {
            return new Datum.Truth(node.booleanValue());
        }
        if (node.isIntegralNumber()) {
            return new Datum.Whole(node.bigIntegerValue());
        }
        if (node.isNumber()) {
            double value = node.doubleValue();
            if (!Double.isFinite(value)) {
                throw fault(at, "the number is too large");
            }
            return new Datum.Real(value);
        }
        if (node.isString()) {
            return new Datum.Text(node.stringValue());
        }
        if (node.isArray()) {
            List<Datum> items = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                items.add(datum(at + "[" + i + "]", node.get(i)));
            }
            return new Datum.Items(items);
        }
        SequencedMap<String, Datum> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : object(at, node, false).properties()) {
            fields.put(each.getKey(), datum(at + "." + each.getKey(), each.getValue()));
        }
        return new Datum.Fields(fields);
    }

    /** A world may grant {@code print} as a tool of its own; any other function that is there already it may not replace. */
    private String tool(String name) throws WorldException {
        boolean there = Builtins.globals().containsKey(name) || name.equals("ask");
        if (PlanParser.isKeyword(name) || there) {
            throw fault(
                    "tools." + name,
                    there
                            ? "a plan has a function '" + name + "' already; call the tool something else"
                            : "'" + name + "' is a word of the language; call the tool something else");
        }
        return name("tools", name);
    }

    private String name(String at, String name) throws WorldException {
        if (!NAME.matcher(name).matches()) {
            throw fault(at, "'" + name + "' is no name that a plan could write; use letters, digits and _");
        }
        return name;
    }

    private String text(String at, JsonNode node) throws WorldException {
        if (!node.isString()) {
            throw fault(
                    at,
                    node.isMissingNode() ? "it is missing; expected a text" : "expected a text, found " + brief(node));
        }
        return node.stringValue();
    }

    private JsonNode object(String at, JsonNode node, boolean optional) throws WorldException {
        if (node.isMissingNode() && optional) {
            return MAPPER.createObjectNode();
        }
        if (!node.isObject()) {
            throw fault(
                    at,
                    node.isMissingNode()
                            ? "it is missing; expected an object"
                            : "expected an object, found " + brief(node));
        }
        return node;
    }

    private void known(String prefix, JsonNode node, Set<String> known) throws WorldException {
        for (String key : node.propertyNames()) {
            if (!known.contains(key)) {
                throw fault(prefix + key, "unknown key; known are " + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    private static String unknownParameter(String name, Collection<String> parameters) {
        return "there is no parameter '" + name + "'; "
                + (parameters.isEmpty() ? "it has none" : "there are " + String.join(", ", new TreeSet<>(parameters)));
    }

    private static String brief(JsonNode node) {
        String text = node.toString();
        return text.length() <= 40 ? text : text.substring(0, 39) + "…";
    }

    private WorldException fault(String at, String what) {
        return new WorldException(source + ": " + at + ": " + what);
    }
}
