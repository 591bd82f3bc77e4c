package telos.server.api.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import telos.inference.chat.OutputForm;
import telos.server.api.http.ApiException;
import telos.server.api.http.Fields;
import tools.jackson.databind.JsonNode;

/**
 * Reads which form an answer must have: OpenAI's {@code response_format}, vLLM's {@code structured_outputs}, and the
 * {@code guided_…} members that vLLM had before.
 */
public final class OutputForms {
    private static final int MAX_CHOICES = 1024;
    private static final Pattern SPECIAL = Pattern.compile("[\\\\^$.|?*+()\\[\\]{}/-]");

    private OutputForms() {}

    static OutputForm read(Fields body) throws ApiException {
        List<OutputForm> asked = new ArrayList<>();
        if (body.has("response_format")) {
            asked.add(responseFormat(body.object("response_format")));
        }
        asked.addAll(guided(body, "guided_"));
        asked.addAll(guided(body.object("structured_outputs"), ""));
        asked.removeIf(OutputForm.Free.class::isInstance);
        if (asked.size() > 1) {
            throw ApiException.invalid(
                    "the answer's form is given " + asked.size()
                            + " times; give one of response_format, structured_outputs and guided_…",
                    "response_format");
        }
        return asked.isEmpty() ? new OutputForm.Free() : asked.getFirst();
    }

    private static OutputForm responseFormat(Fields format) throws ApiException {
        return switch (format.required("type")) {
            case "json_schema" -> {
                Fields named = format.object("json_schema");
                if (named.node().isMissingNode()) {
                    throw format.invalid("json_schema", "is missing");
                }
                yield schema(named);
            }
            default -> typed(format);
        };
    }

    /** As {@code text.format} of the Responses API has it: the schema lies beside the type. */
    public static OutputForm typed(Fields format) throws ApiException {
        String type = format.required("type");
        return switch (type) {
            case "text" -> new OutputForm.Free();
            case "json_object" -> new OutputForm.AnyJson();
            case "json_schema" -> schema(format);
            default ->
                throw format.unsupported("type", "is '" + type + "'; known are text, json_object and json_schema");
        };
    }

    private static OutputForm schema(Fields holder) throws ApiException {
        JsonNode schema = holder.raw("schema");
        if (!schema.isObject()) {
            throw holder.invalid("schema", schema.isMissingNode() ? "is missing" : "must be an object");
        }
        return new OutputForm.Schema(schema.toString(), freeOrder(holder));
    }

    private static boolean freeOrder(Fields holder) throws ApiException {
        String order = holder.text("property_order", "fixed");
        return switch (order) {
            case "fixed" -> false;
            case "free" -> true;
            default -> throw holder.invalid("property_order", "must be fixed or free, was '" + order + "'");
        };
    }

    private static List<OutputForm> guided(Fields holder, String prefix) throws ApiException {
        List<OutputForm> forms = new ArrayList<>();
        JsonNode schema = holder.raw(prefix + "json");
        if (schema.isObject() || schema.isString()) {
            String text = schema.isString() ? schema.stringValue() : schema.toString();
            forms.add(new OutputForm.Schema(text, freeOrder(holder)));
        } else if (!schema.isMissingNode()) {
            throw holder.invalid(prefix + "json", "must be an object, or one as text");
        }
        holder.text(prefix + "regex").map(OutputForm.Pattern::new).ifPresent(forms::add);
        holder.text(prefix + "grammar").map(OutputForm.Grammar::new).ifPresent(forms::add);
        if (holder.has(prefix + "choice")) {
            List<String> choices = holder.texts(prefix + "choice", MAX_CHOICES);
            if (choices.isEmpty()) {
                throw holder.invalid(prefix + "choice", "must hold at least one text");
            }
            forms.add(new OutputForm.Pattern(
                    choices.stream().map(OutputForms::literal).collect(Collectors.joining("|", "(", ")"))));
        }
        if (holder.truth(prefix + "json_object", false)) {
            forms.add(new OutputForm.AnyJson());
        }
        return forms;
    }

    private static String literal(String text) {
        return SPECIAL.matcher(text).replaceAll("\\\\$0");
    }
}
