package telos.server.api.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.OutputForm;
import telos.inference.chat.ToolChoice;
import telos.kernel.Message;
import telos.kernel.ToolSpec;
import telos.server.api.http.ApiException;
import telos.server.api.http.Fields;
import telos.server.api.turns.Claims;
import telos.server.api.turns.Sampling;
import telos.server.api.turns.Tools;

/** Reads the body of {@code POST /v1/messages}. Unknown members are ignored; unsupported values are refused. */
final class MessageRequests {
    private static final int MAX_PARTS = 10_000;

    private MessageRequests() {}

    /** A request for an answer. */
    static ChatRequest read(Fields body, Claims claims) throws ApiException {
        if (!body.has("max_tokens")) {
            throw body.invalid("max_tokens", "is missing");
        }
        return read(body, Sampling.maxTokens(body, 1, "max_tokens"), claims);
    }

    /** A request that is to be measured: it need not say how long its answer may be. */
    static ChatRequest measured(Fields body, Claims claims) throws ApiException {
        return read(body, 1, claims);
    }

    private static ChatRequest read(Fields body, int maxTokens, Claims claims) throws ApiException {
        refuseUnsupported(body);
        List<ToolSpec> tools = tools(body);
        Fields choice = body.object("tool_choice");
        List<Message> messages = new ArrayList<>(system(body));
        messages.addAll(ContentBlocks.messages(body));
        return new ChatRequest(
                messages,
                tools,
                Tools.possible(choice(choice, tools), tools),
                !choice.truth("disable_parallel_tool_use", false),
                form(body),
                Sampling.read(body, "stop_sequences", maxTokens),
                OptionalInt.empty(),
                claims.of(messages));
    }

    private static void refuseUnsupported(Fields body) throws ApiException {
        String thinking = body.object("thinking").text("type", "disabled");
        if (!thinking.equals("disabled")) {
            throw body.unsupported("thinking", "must be disabled: these models do not think apart from answering");
        }
        if (body.has("mcp_servers") && !body.list("mcp_servers", MAX_PARTS).isEmpty()) {
            throw body.unsupported("mcp_servers", "is not supported");
        }
    }

    private static List<Message> system(Fields body) throws ApiException {
        if (!body.has("system")) {
            return List.of();
        }
        if (body.raw("system").isString()) {
            return List.of(new Message.System(body.required("system")));
        }
        StringBuilder text = new StringBuilder();
        for (Fields block : body.objects("system", MAX_PARTS)) {
            if (!block.required("type").equals("text")) {
                throw block.unsupported("type", "must be text");
            }
            text.append(text.isEmpty() ? "" : "\n").append(block.required("text"));
        }
        return List.of(new Message.System(text.toString()));
    }

    private static List<ToolSpec> tools(Fields body) throws ApiException {
        List<ToolSpec> tools = new ArrayList<>();
        for (Fields tool : body.objects("tools", Tools.MOST)) {
            String type = tool.text("type", "custom");
            if (!type.equals("custom")) {
                throw tool.unsupported("type", "is '" + type + "'; only tools of the client's own are supported");
            }
            tools.add(Tools.tool(tool, "input_schema"));
        }
        return Tools.distinct(tools);
    }

    private static ToolChoice choice(Fields choice, List<ToolSpec> tools) throws ApiException {
        if (choice.node().isMissingNode()) {
            return tools.isEmpty() ? new ToolChoice.None() : new ToolChoice.Auto();
        }
        String type = choice.required("type");
        return switch (type) {
            case "auto" -> tools.isEmpty() ? new ToolChoice.None() : new ToolChoice.Auto();
            case "any" -> new ToolChoice.Required();
            case "none" -> new ToolChoice.None();
            case "tool" -> new ToolChoice.Named(choice.required("name"));
            default -> throw choice.invalid("type", "must be auto, any, tool or none, was '" + type + "'");
        };
    }

    private static OutputForm form(Fields body) throws ApiException {
        Fields format = body.has("output_format")
                ? body.object("output_format")
                : body.object("output_config").object("format");
        if (format.node().isMissingNode()) {
            return new OutputForm.Free();
        }
        String type = format.required("type");
        if (!type.equals("json_schema")) {
            throw format.unsupported("type", "is '" + type + "'; known is json_schema");
        }
        if (!format.has("schema")) {
            throw format.invalid("schema", "is missing");
        }
        return new OutputForm.Schema(format.object("schema").node().toString(), false);
    }
}
