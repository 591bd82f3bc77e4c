package telos.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import telos.kernel.ToolCall;
import telos.tools.Catalogue;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests with the call that each should lead to; see {@code models/eval/README.md}. */
record EvaluationSet(String name, List<Item> items) {
    EvaluationSet {
        items = List.copyOf(items);
    }

    /** @param expected empty where no call is right */
    record Item(String id, String request, Optional<ToolCall> expected) {}

    /** Reads one item a line. */
    static EvaluationSet read(String name, Path file) throws BenchException {
        List<Item> items = new ArrayList<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (!line.isBlank()) {
                    items.add(item(file + ":" + number, JsonMapper.shared().readTree(line)));
                }
            }
        } catch (IOException | JacksonException e) {
            throw new BenchException("cannot read " + file + ": " + e.getMessage(), e);
        }
        if (items.isEmpty()) {
            throw new BenchException(file + " holds no requests");
        }
        return new EvaluationSet(name, items);
    }

    private static Item item(String where, JsonNode node) throws BenchException {
        String request = node.path("request").asString("");
        JsonNode call = node.path("call");
        if (request.isBlank() || !(call.isNull() || call.isObject())) {
            throw new BenchException(where + ": needs a request, and a call or null");
        }
        return new Item(
                node.path("id").asString(where),
                request,
                call.isNull() ? Optional.empty() : Optional.of(expected(where, call)));
    }

    private static ToolCall expected(String where, JsonNode node) throws BenchException {
        String tool = node.path("name").asString("");
        String arguments = node.path("arguments").toString();
        if (Catalogue.normalise(tool, arguments).isEmpty()) {
            throw new BenchException(where + ": is no valid call: " + node);
        }
        return new ToolCall("", tool, arguments);
    }
}
