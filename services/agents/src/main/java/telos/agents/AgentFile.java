package telos.agents;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads an {@code agent.md}: a YAML head between two lines of three dashes, then the instructions in Markdown.
 *
 * <pre>
 * ---
 * name: disk-watch
 * model: telos-mini
 * tools: [disk, largest]
 * limits: {steps: 4, tokens: 2000, seconds: 60}
 * ---
 * Look after the disk of this machine.
 * </pre>
 */
public final class AgentFile {
    private static final int MAX_CHARACTERS = 256 * 1024;
    private static final Set<String> KEYS = Set.of("name", "model", "tools", "limits");
    private static final Set<String> LIMIT_KEYS = Set.of("steps", "tokens", "seconds");

    private AgentFile() {}

    /**
     * Parses the text of an agent file.
     *
     * @param source names the text in messages
     * @throws AgentFileException with a message for the person who wrote the file
     */
    public static AgentSpec parse(String source, String text) throws AgentFileException {
        if (text.length() > MAX_CHARACTERS) {
            throw new AgentFileException(source + ": longer than " + MAX_CHARACTERS + " characters");
        }
        String[] lines = text.split("\r?\n", -1);
        if (!lines[0].strip().equals("---")) {
            throw new AgentFileException(
                    source + ":1: an agent file starts with a line of three dashes and a YAML head");
        }
        int end = 1;
        while (end < lines.length && !lines[end].strip().equals("---")) {
            end++;
        }
        if (end == lines.length) {
            throw new AgentFileException(source + ": the YAML head is not closed; add a line of three dashes after it");
        }
        String head = String.join("\n", List.of(lines).subList(1, end));
        String body =
                String.join("\n", List.of(lines).subList(end + 1, lines.length)).strip();
        return spec(source, readHead(source, head), body);
    }

    private static JsonNode readHead(String source, String head) throws AgentFileException {
        try {
            JsonNode root = new YAMLMapper().readTree(head);
            if (root == null || !root.isObject()) {
                throw new AgentFileException(
                        source + ": the YAML head must be keys and values such as 'name: disk-watch'");
            }
            return root;
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 2 : e.getLocation().getLineNr() + 1;
            throw new AgentFileException(
                    source + ":" + line + ": the YAML head is not valid: " + e.getOriginalMessage());
        }
    }

    private static AgentSpec spec(String source, JsonNode head, String body) throws AgentFileException {
        refuseUnknown(source, "", head, KEYS);
        AgentSpec base = AgentSpec.OPERATOR;
        String name = text(source, head, "name", base.name());
        String model = text(source, head, "model", base.model());
        List<String> tools = new ArrayList<>();
        JsonNode list = head.path("tools");
        if (!list.isMissingNode() && !list.isArray()) {
            throw new AgentFileException(source + ": 'tools' must be a list such as [disk, largest]");
        }
        for (JsonNode tool : list) {
            if (!tool.isString()) {
                throw new AgentFileException(source + ": 'tools' must be a list of names, found " + tool);
            }
            tools.add(tool.stringValue());
        }
        JsonNode limits = head.path("limits");
        if (!limits.isMissingNode() && !limits.isObject()) {
            throw new AgentFileException(source + ": 'limits' must be keys and values such as {steps: 4, seconds: 60}");
        }
        refuseUnknown(source, "limits.", limits, LIMIT_KEYS);
        try {
            Limits parsed = new Limits(
                    number(source, limits, "steps", Limits.DEFAULT.steps()),
                    number(source, limits, "tokens", Limits.DEFAULT.tokens()),
                    Duration.ofSeconds(number(
                            source,
                            limits,
                            "seconds",
                            Math.toIntExact(Limits.DEFAULT.time().toSeconds()))));
            return new AgentSpec(name, model, tools, parsed, body);
        } catch (IllegalArgumentException e) {
            throw new AgentFileException(source + ": " + e.getMessage());
        }
    }

    private static void refuseUnknown(String source, String prefix, JsonNode node, Set<String> known)
            throws AgentFileException {
        for (String key : node.propertyNames()) {
            if (!known.contains(key)) {
                throw new AgentFileException(source + ": unknown key '" + prefix + key + "'; known are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private static String text(String source, JsonNode node, String key, String otherwise) throws AgentFileException {
        JsonNode value = node.path(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isString() || value.stringValue().isBlank()) {
            throw new AgentFileException(source + ": '" + key + "' must be a text");
        }
        return value.stringValue();
    }

    private static int number(String source, JsonNode node, String key, int otherwise) throws AgentFileException {
        JsonNode value = node.path(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isInt()) {
            throw new AgentFileException(source + ": 'limits." + key + "' must be a whole number, found " + value);
        }
        return value.intValue();
    }
}
