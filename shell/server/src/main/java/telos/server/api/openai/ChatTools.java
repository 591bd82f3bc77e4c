package telos.server.api.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import telos.inference.chat.ToolChoice;
import telos.kernel.ToolSpec;
import telos.server.api.http.ApiException;
import telos.server.api.http.Fields;
import telos.server.api.turns.Tools;
import tools.jackson.databind.JsonNode;

/**
 * Reads the tools of a request, and which of them may or must be called.
 *
 * @param choice {@code None} where there are no tools
 */
public record ChatTools(List<ToolSpec> tools, ToolChoice choice) {

    /**
     * Reads them.
     *
     * @param nested whether a function's name lies in a member {@code function}, as in chat completions, or beside the
     *     type, as in the Responses API
     */
    public static ChatTools read(Fields body, boolean nested) throws ApiException {
        List<ToolSpec> tools = new ArrayList<>();
        for (Fields tool : body.objects("tools", Tools.MOST)) {
            tools.add(Tools.tool(function(tool, nested), "parameters"));
        }
        return choose(body, Tools.distinct(tools), nested);
    }

    private static Fields function(Fields tool, boolean nested) throws ApiException {
        String type = tool.required("type");
        if (!type.equals("function")) {
            throw tool.unsupported("type", "is '" + type + "'; only tools of type function are supported");
        }
        return nested ? tool.object("function") : tool;
    }

    private static ChatTools choose(Fields body, List<ToolSpec> tools, boolean nested) throws ApiException {
        JsonNode asked = body.raw("tool_choice");
        if (asked.isMissingNode()) {
            return new ChatTools(tools, tools.isEmpty() ? new ToolChoice.None() : new ToolChoice.Auto());
        }
        if (asked.isString()) {
            return of(tools, mode(body, "tool_choice"));
        }
        Fields choice = body.object("tool_choice");
        if (choice.text("type", "").equals("allowed_tools")) {
            Fields allowed = nested ? choice.object("allowed_tools") : choice;
            Set<String> names = names(allowed, nested);
            return of(tools.stream().filter(tool -> names.contains(tool.name())).toList(), mode(allowed, "mode"));
        }
        return of(tools, new ToolChoice.Named(function(choice, nested).required("name")));
    }

    private static ChatTools of(List<ToolSpec> tools, ToolChoice choice) throws ApiException {
        ToolChoice possible = Tools.possible(choice, tools);
        boolean nothing = tools.isEmpty() && possible instanceof ToolChoice.Auto;
        return new ChatTools(tools, nothing ? new ToolChoice.None() : possible);
    }

    private static Set<String> names(Fields allowed, boolean nested) throws ApiException {
        List<String> names = new ArrayList<>();
        for (Fields tool : allowed.objects("tools", Tools.MOST)) {
            names.add(function(tool, nested).required("name"));
        }
        return names.stream().collect(Collectors.toUnmodifiableSet());
    }

    private static ToolChoice mode(Fields holder, String member) throws ApiException {
        return switch (holder.required(member)) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Required();
            default -> throw holder.invalid(member, "must be auto, none, required or a named function");
        };
    }
}
