package telos.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import telos.inference.chat.OperatorResult;
import telos.inference.tokenizer.Boundary;
import telos.inference.tokenizer.BpeTrainer;
import telos.inference.tokenizer.Piece;
import telos.inference.tokenizer.Tokenizer;
import telos.tools.Catalogue;
import telos.training.curriculum.Curriculum;
import telos.training.curriculum.Lesson;

/**
 * How the built-in model's conversations are written:
 *
 * <pre>
 * &lt;|user|&gt;REQUEST&lt;|call|&gt;{"name":…,"arguments":{…}}&lt;|end|&gt;&lt;|result|&gt;RESULT&lt;|end|&gt;&lt;|say|&gt;ANSWER&lt;|end|&gt;
 * </pre>
 *
 * In an answer {@code <|quote|>} stands for the whole last result.
 */
final class Protocol {
    static final String END = "<|end|>";
    static final String USER = "<|user|>";
    static final String CALL = "<|call|>";
    static final String RESULT = "<|result|>";
    static final String SAY = "<|say|>";
    static final List<String> CONTROL = List.of(END, USER, CALL, RESULT, SAY, "<|quote|>", "<|pad|>");
    static final int VOCABULARY = 1024;

    /** What a token counts in the loss: the model's own words in full. */
    private static final float OWN = 1f;

    /** The move and the tool: all else follows from them. */
    private static final float DECISION = 3f;

    private static final float REQUEST = 0.04f;
    private static final float TOLD = 0.01f;

    /** Jinja; renders from the last request on. */
    static final String TEMPLATE = """
            {%- set ns = namespace(start=0) -%}
            {%- for message in messages -%}{%- if message['role'] == 'user' -%}{%- set ns.start = loop.index0 -%}{%- endif -%}{%- endfor -%}
            {%- for message in messages -%}
            {%- if loop.index0 >= ns.start -%}
            {%- if message['role'] == 'user' -%}
            {{- '<|user|>' + message['content'] -}}
            {%- elif message['role'] == 'tool' -%}
            {{- '<|result|>' + message['content'] + '<|end|>' -}}
            {%- elif message['role'] == 'assistant' -%}
            {%- if message['tool_calls'] -%}
            {%- for call in message['tool_calls'] -%}
            {{- '<|call|>{"name":"' + call['function']['name'] + '","arguments":' -}}
            {%- if call['function']['arguments'] is string -%}{{- call['function']['arguments'] -}}{%- else -%}{{- call['function']['arguments'] | tojson -}}{%- endif -%}
            {{- '}<|end|>' -}}
            {%- endfor -%}
            {%- elif message['content'] -%}
            {{- '<|say|>' + message['content'] + '<|end|>' -}}
            {%- endif -%}
            {%- endif -%}
            {%- endif -%}
            {%- endfor -%}
            """;

    private Protocol() {}

    /** Tokens and what each counts in the loss. */
    @SuppressWarnings("ArrayRecordComponent") // read in the inner loop, and never compared
    record Encoded(int[] tokens, float[] weights) {}

    static BpeTrainer.Options vocabulary() {
        List<String> scaffolding = new ArrayList<>();
        Catalogue.specs().forEach(tool -> scaffolding.add("{\"name\":\"" + tool.name() + "\",\"arguments\":{"));
        List.of("path", "name", "text", "sort", "state").forEach(name -> scaffolding.add("\"" + name + "\":\""));
        List.of("lines", "limit", "pid", "port").forEach(name -> scaffolding.add("\"" + name + "\":"));
        scaffolding.add("}}");
        scaffolding.add(Curriculum.ABLE);
        return new BpeTrainer.Options(VOCABULARY, CONTROL, scaffolding, END, Boundary.LETTERS);
    }

    /** A request alone, as the model is asked. */
    static int[] prompt(Tokenizer tokenizer, String request) {
        return tokenizer.encode(List.of(new Piece(USER, true), new Piece(request, false)));
    }

    static Encoded encode(Tokenizer tokenizer, Lesson lesson) {
        List<int[]> parts = new ArrayList<>();
        List<Float> weights = new ArrayList<>();
        add(parts, weights, prompt(tokenizer, lesson.request()), REQUEST);
        lesson.call().ifPresent(call -> {
            int[] written = tokenizer.encode(CALL + call.text() + END, true);
            add(parts, weights, Arrays.copyOf(written, 2), DECISION);
            add(parts, weights, Arrays.copyOfRange(written, 2, written.length), OWN);
        });
        lesson.result().ifPresent(result -> {
            int[] told = OperatorResult.shorten(tokenizer, result);
            add(parts, weights, tokenizer.encode(RESULT, true), TOLD);
            add(parts, weights, told, TOLD);
            add(parts, weights, tokenizer.encode(END, true), TOLD);
        });
        lesson.answer().ifPresent(answer -> {
            add(parts, weights, tokenizer.encode(SAY, true), lesson.call().isPresent() ? OWN : DECISION);
            add(parts, weights, tokenizer.encode(answer + END, true), OWN);
        });
        int length = parts.stream().mapToInt(part -> part.length).sum();
        int[] tokens = new int[length];
        float[] each = new float[length];
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            int[] part = parts.get(i);
            System.arraycopy(part, 0, tokens, at, part.length);
            Arrays.fill(each, at, at + part.length, weights.get(i));
            at += part.length;
        }
        return new Encoded(tokens, each);
    }

    private static void add(List<int[]> parts, List<Float> weights, int[] tokens, float weight) {
        parts.add(tokens);
        weights.add(weight);
    }
}
