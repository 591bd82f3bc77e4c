package telos.inference.chat;

import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import telos.inference.template.ChatTemplate;
import telos.inference.template.TemplateException;
import telos.inference.tokenizer.Piece;
import telos.inference.tokenizer.Tokenizer;
import telos.kernel.Message;
import telos.kernel.ToolCall;
import telos.kernel.ToolSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Models that bring a chat template of their own: it renders the prompt, and says in which style the model writes calls.
 */
final class TemplateDialect implements Dialect {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final Tokenizer tokenizer;
    private final ChatTemplate template;
    private final TemplateTurns turns;
    private final Clock clock;

    /** @param clock for templates that write the date */
    TemplateDialect(Tokenizer tokenizer, ChatTemplate template, TemplateTurns turns, Clock clock) {
        this.tokenizer = tokenizer;
        this.template = template;
        this.turns = turns;
        this.clock = clock;
    }

    @Override
    public Turn turn(ChatRequest request) throws Unspeakable, InterruptedException {
        return turns.turn(request, prompt(request));
    }

    @Override
    public int[] prompt(ChatRequest request) throws Unspeakable {
        List<ToolSpec> offered = request.toolChoice() instanceof ToolChoice.None ? List.of() : request.tools();
        try {
            return tokenizer.withBegin(tokenizer.encode(
                    template.render(variables(request.messages(), offered), LocalDateTime.now(clock))));
        } catch (TemplateException e) {
            throw new Unspeakable("the model's chat template refuses these messages: " + e.getMessage());
        }
    }

    private Map<String, Object> variables(List<Message> messages, List<ToolSpec> offered) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put(
                "messages", messages.stream().map(TemplateDialect::message).toList());
        if (!offered.isEmpty()) {
            variables.put("tools", offered.stream().map(TemplateDialect::tool).toList());
        }
        variables.put("add_generation_prompt", true);
        tokenizer.bos().ifPresent(token -> variables.put("bos_token", trusted(tokenizer.name(token))));
        tokenizer.eos().ifPresent(token -> variables.put("eos_token", trusted(tokenizer.name(token))));
        return variables;
    }

    /** Telos's own word, out of which a template may build a control token. */
    private static Piece trusted(String text) {
        return new Piece(text, true);
    }

    private static Map<String, Object> message(Message message) {
        Map<String, Object> map = new LinkedHashMap<>();
        switch (message) {
            case Message.System system -> map.put("role", trusted("system"));
            case Message.User user -> map.put("role", trusted("user"));
            case Message.ToolResult result -> {
                map.put("role", trusted("tool"));
                map.put("tool_call_id", result.callId());
                map.put("name", result.tool());
            }
            case Message.Assistant assistant -> {
                map.put("role", trusted("assistant"));
                if (!assistant.calls().isEmpty()) {
                    List<Object> calls = new ArrayList<>();
                    for (ToolCall call : assistant.calls()) {
                        Map<String, Object> function = new LinkedHashMap<>();
                        function.put("name", call.name());
                        function.put("arguments", object(call.arguments()));
                        Map<String, Object> one = new LinkedHashMap<>();
                        one.put("id", call.id());
                        one.put("type", "function");
                        one.put("function", function);
                        calls.add(one);
                    }
                    map.put("tool_calls", calls);
                }
            }
        }
        map.put("content", message.text());
        return map;
    }

    private static Map<String, Object> tool(ToolSpec tool) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", tool.name());
        function.put("description", tool.description());
        function.put("parameters", object(tool.parameters()));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", "function");
        map.put("function", function);
        return map;
    }

    private static Map<String, Object> object(String json) {
        try {
            return Optional.ofNullable(JsonMapper.shared().readValue(json, OBJECT))
                    .orElse(Map.of());
        } catch (JacksonException e) {
            return Map.of();
        }
    }
}
