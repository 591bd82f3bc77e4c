package telos.cli;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import telos.cli.wire.Json;
import telos.kernel.security.policy.Policy;
import telos.plans.Datum;
import telos.plans.Manual;
import telos.plans.Parameter;
import telos.plans.Schema;
import telos.plans.SchemaRead;
import telos.plans.Tool;
import telos.plans.policy.PolicyParser;
import telos.plans.policy.PolicyRead;

/**
 * What the daemon has for plans to call, and the rules that it judges calls by.
 *
 * @param stamp tells those rules from others
 */
record DaemonTools(SequencedMap<String, Tool> tools, Map<String, Manual> manuals, Policy policy, String stamp) {
    /** As {@code GET /tools} tells it. */
    static DaemonTools of(Json said) throws CommandException {
        SequencedMap<String, Tool> tools = new LinkedHashMap<>();
        Map<String, Manual> manuals = new LinkedHashMap<>();
        for (Json each : said.at("tools").items()) {
            String name = each.at("name").text("");
            Map<String, Json> properties =
                    each.at("parameters").at("properties").members();
            List<String> required = each.at("parameters").at("required").items().stream()
                    .map(word -> word.text(""))
                    .toList();
            List<Parameter> parameters = new ArrayList<>();
            SequencedMap<String, Schema> types = new LinkedHashMap<>();
            properties.forEach((parameter, schema) -> {
                parameters.add(
                        required.contains(parameter)
                                ? Parameter.required(parameter)
                                : new Parameter(parameter, Optional.of(fallback(schema))));
                types.put(parameter, type(schema));
            });
            // every result is a text, and none is of another kind
            tools.put(
                    name,
                    new Tool(
                            name,
                            parameters,
                            false,
                            Map.of(),
                            LabelJson.read(each.at("label")),
                            new LinkedHashMap<>(),
                            true,
                            List.of(new Datum.Text(""))));
            manuals.put(
                    name,
                    new Manual(
                            each.at("description").text(""),
                            types,
                            Optional.of(schema(new Datum.Text("string"))),
                            Optional.empty()));
        }
        return new DaemonTools(
                tools, manuals, policy(said.at("policy"), List.copyOf(tools.keySet())), stamp(said.at("policy")));
    }

    private static String stamp(Json policy) {
        return policy.at("sha256").text("");
    }

    private static Policy policy(Json policy, List<String> tools) throws CommandException {
        return switch (PolicyParser.read(policy.at("text").text("").getBytes(StandardCharsets.UTF_8))) {
            case PolicyRead.Accepted(var text) -> text.policy(tools);
            case PolicyRead.Refused(var fault) ->
                throw CommandException.failed("the daemon's policy cannot be read: " + fault.describe());
        };
    }

    private static Datum fallback(Json schema) {
        Json given = schema.at("default");
        if (!given.present()) {
            return Datum.NOTHING;
        }
        return schema.at("type").text("").equals("integer")
                ? new Datum.Whole(BigInteger.valueOf(given.number(0)))
                : new Datum.Text(given.text(""));
    }

    private static Schema type(Json schema) {
        SequencedMap<String, Datum> known = new LinkedHashMap<>();
        known.put("type", new Datum.Text(schema.at("type").text("string")));
        List<Json> words = schema.at("enum").items();
        if (!words.isEmpty()) {
            List<Datum> choices = new ArrayList<>();
            words.forEach(each -> choices.add(new Datum.Text(each.text(""))));
            known.put("enum", new Datum.Items(choices));
        }
        return schema(new Datum.Fields(known));
    }

    private static Schema schema(Datum said) {
        return Schema.read(said) instanceof SchemaRead.Accepted(Schema schema) ? schema : Schema.ANY;
    }
}
