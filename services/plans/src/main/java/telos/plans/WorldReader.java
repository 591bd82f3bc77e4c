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
import telos.kernel.security.Label;
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
import tools.jackson.databind.JsonNode;

/**
 * Reads a {@link WorldFile}. Whatever it does not know it refuses, so that a slip of the pen never opens a flow.
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

    private final WorldForm form;
    private final WorldLabels labels;
    private final WorldFile.Beside beside;

    WorldReader(String source, WorldFile.Beside beside) {
        this.form = new WorldForm(source);
        this.labels = new WorldLabels(form);
        this.beside = beside;
    }

    WorldFile read(String json) throws WorldException {
        JsonNode root = form.tree(json);
        form.known("", root, KEYS);
        SequencedMap<String, Tool> tools = new LinkedHashMap<>();
        Map<String, WorldFile.Script> scripts = new HashMap<>();
        Map<String, Manual> manuals = new HashMap<>();
        JsonNode all = form.object("tools", root.path("tools"), true);
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
        String path = form.text("policy", node);
        try {
            byte[] bytes;
            if (path.startsWith(ShippedPolicies.PREFIX)) {
                bytes = ShippedPolicies.read(path.substring(ShippedPolicies.PREFIX.length()))
                        .orElseThrow(() -> form.fault(
                                "policy", ShippedPolicies.unknown(path.substring(ShippedPolicies.PREFIX.length()))));
            } else {
                bytes = beside.read(path);
            }
            return switch (PolicyParser.read(bytes)) {
                case PolicyRead.Accepted(PolicyText text) -> Optional.of(text.policy(tools));
                case PolicyRead.Refused(PolicyFault fault) ->
                    throw form.fault("policy", path + ": " + fault.describe());
            };
        } catch (IOException e) {
            throw form.fault("policy", "cannot read " + path + ": " + e.getMessage());
        }
    }

    private void tool(
            String at, String name, JsonNode node, Map<String, Tool> tools, Map<String, WorldFile.Script> scripts)
            throws WorldException {
        form.object(at, node, false);
        form.known(at + ".", node, TOOL_KEYS);
        List<Parameter> parameters = parameters(at + ".params", node.path("params"));
        Set<String> names = new TreeSet<>();
        for (Parameter each : parameters) {
            if (!names.add(each.name())) {
                throw form.fault(at + ".params", "two parameters are called '" + each.name() + "'; rename one");
            }
        }
        if (!node.path("effect").isBoolean()) {
            throw form.fault(at + ".effect", "say true if a call changes something outside, else false");
        }
        Label label = node.has("label") ? labels.label(at + ".label", node.path("label")) : Label.MISSING;
        label = label.from(Source.tool(name));
        List<WorldFile.Case> cases = new ArrayList<>();
        List<Datum> samples = new ArrayList<>();
        boolean mayFail = false;
        JsonNode results = node.path("results");
        if (!results.isMissingNode() && !results.isArray()) {
            throw form.fault(at + ".results", "expected a list such as [{\"args\": {}, \"result\": 1}]");
        }
        for (int i = 0; i < results.size(); i++) {
            String here = at + ".results[" + i + "]";
            JsonNode entry = form.object(here, results.get(i), false);
            form.known(here + ".", entry, Set.of("args", "result", "error"));
            Map<String, Datum> arguments = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> each :
                    form.object(here + ".args", entry.path("args"), true).properties()) {
                if (!names.contains(each.getKey())) {
                    throw form.fault(here + ".args", WorldForm.unknownParameter(each.getKey(), names));
                }
                arguments.put(each.getKey(), form.datum(here + ".args." + each.getKey(), each.getValue()));
            }
            Optional<Result> result = result(here, entry);
            cases.add(new WorldFile.Case(
                    arguments, result.orElseThrow(() -> form.fault(here, "it needs a 'result' or an 'error'"))));
        }
        Result otherwise = result(at, node).orElse(new Result.Failed("no result is prepared for these arguments"));
        for (Result each : all(cases, otherwise)) {
            switch (each) {
                case Result.Value value -> samples.add(value.datum());
                case Result.Failed _, Result.Denied _, Result.Lost _ -> mayFail = true;
            }
        }
        SequencedMap<String, Label> parts = labels.labels(at + ".labels", node.path("labels"), samples, name);
        Map<String, List<Rule>> requires = labels.requires(at + ".requires", node.path("requires"), names);
        tools.put(
                name,
                new Tool(
                        name,
                        parameters,
                        node.path("effect").booleanValue(),
                        requires,
                        label,
                        parts,
                        mayFail,
                        samples));
        scripts.put(name, new WorldFile.Script(cases, otherwise));
    }

    private Manual manual(String at, JsonNode node) throws WorldException {
        if (node.has("definition") != node.has("server")) {
            throw form.fault(at, "a 'server' and its 'definition' of the tool belong together; write both or neither");
        }
        if (node.has("definition")) {
            if (node.has("description") || node.has("returns")) {
                throw form.fault(at, "a tool that a server defines has its description and types in the 'definition'");
            }
            Datum.Fields whole = (Datum.Fields)
                    form.datum(at + ".definition", form.object(at + ".definition", node.path("definition"), false));
            String server = form.text(at + ".server", node.path("server"));
            if (server.isBlank() || server.contains("/")) {
                throw form.fault(at + ".server", "the name of a server is not empty and has no '/'");
            }
            form.text(at + ".definition.name", node.path("definition").path("name"));
            return Manuals.of(server, whole);
        }
        SequencedMap<String, Schema> parameters = new LinkedHashMap<>();
        for (JsonNode each : node.path("params")) {
            if (each.has("type")) {
                parameters.put(each.path("name").asString(), schema(at + ".params", each.path("type")));
            }
        }
        return new Manual(
                node.has("description") ? form.text(at + ".description", node.path("description")) : "",
                parameters,
                node.has("returns") ? Optional.of(schema(at + ".returns", node.path("returns"))) : Optional.empty(),
                Optional.empty());
    }

    private Schema schema(String at, JsonNode node) throws WorldException {
        return switch (Schema.read(form.datum(at, node))) {
            case SchemaRead.Accepted(Schema schema) -> schema;
            case SchemaRead.Refused(String why) -> throw form.fault(at, why);
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
            throw form.fault(at, "expected a list of names such as [\"to\", \"amount\"]");
        }
        for (int i = 0; i < node.size(); i++) {
            JsonNode each = node.get(i);
            String here = at + "[" + i + "]";
            String name;
            Optional<Datum> fallback = Optional.empty();
            if (each.isObject()) {
                form.known(here + ".", each, Set.of("name", "default", "type"));
                name = form.text(here + ".name", each.path("name"));
                if (each.has("default")) {
                    fallback = Optional.of(form.datum(here + ".default", each.path("default")));
                }
            } else {
                name = form.text(here, each);
            }
            if (name.equals(Tool.CALL)) {
                throw form.fault(here, "a parameter cannot be called 'call', which names the call itself in rules");
            }
            parameters.add(new Parameter(name(at, name), fallback));
        }
        return parameters;
    }

    private Optional<Result> result(String at, JsonNode node) throws WorldException {
        if (node.has("result") && node.has("error")) {
            throw form.fault(at, "it has both a 'result' and an 'error'; keep one");
        }
        if (node.has("error")) {
            return Optional.of(new Result.Failed(form.text(at + ".error", node.path("error"))));
        }
        return node.has("result")
                ? Optional.of(Result.Value.of(form.datum(at + ".result", node.path("result"))))
                : Optional.empty();
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
            form.known("asks.", node, Set.of("requires", "answers"));
            labels.requires("asks.requires", node.path("requires"), parts)
                    .forEach((key, more) -> add(rules, key, more));
            entries = node.path("answers");
            at = "asks.answers";
        }
        if (!entries.isArray()) {
            throw form.fault(
                    at,
                    "expected a list such as [{\"question\": \"is it spam?\", \"data\": \"hi\", \"answer\": true}]");
        }
        for (int i = 0; i < entries.size(); i++) {
            String here = at + "[" + i + "]";
            JsonNode entry = form.object(here, entries.get(i), false);
            form.known(here + ".", entry, Set.of("question", "data", "schema", "answer", "requires"));
            for (String needed : List.of("data", "answer")) {
                if (!entry.has(needed)) {
                    throw form.fault(here, "it has no '" + needed + "'");
                }
            }
            labels.requires(here + ".requires", entry.path("requires"), parts)
                    .forEach((key, more) -> add(rules, key, more));
            asks.add(new WorldFile.Prepared(
                    form.text(here + ".question", entry.path("question")),
                    form.datum(here + ".data", entry.path("data")),
                    entry.has("schema")
                            ? Optional.of(form.datum(here + ".schema", entry.path("schema")))
                            : Optional.empty(),
                    form.datum(here + ".answer", entry.path("answer"))));
        }
        return asks;
    }

    private static void add(Map<String, List<Rule>> rules, String key, List<Rule> more) {
        List<Rule> both = new ArrayList<>(rules.getOrDefault(key, List.of()));
        both.addAll(more);
        rules.put(key, List.copyOf(both));
    }

    /** A world may grant {@code print} as a tool of its own; any other function that is there already it may not replace. */
    private String tool(String name) throws WorldException {
        boolean there = Builtins.globals().containsKey(name) || name.equals("ask");
        if (PlanParser.isKeyword(name) || there) {
            throw form.fault(
                    "tools." + name,
                    there
                            ? "a plan has a function '" + name + "' already; call the tool something else"
                            : "'" + name + "' is a word of the language; call the tool something else");
        }
        return name("tools", name);
    }

    private String name(String at, String name) throws WorldException {
        if (!NAME.matcher(name).matches()) {
            throw form.fault(at, "'" + name + "' is no name that a plan could write; use letters, digits and _");
        }
        return name;
    }
}
