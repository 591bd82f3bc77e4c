package telos.server.api.openai;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import telos.inference.chat.CompletionRequest;
import telos.inference.chat.Embedded;
import telos.inference.chat.EmbeddingRequest;
import telos.server.Models;
import telos.server.ServedModel;
import telos.server.api.http.ApiException;
import telos.server.api.http.Endpoint;
import telos.server.api.http.Exchange;
import telos.server.api.http.Fields;
import telos.server.api.http.Json;
import telos.server.api.turns.Claims;
import telos.server.api.turns.ModelErrors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/embeddings}: texts as vectors of length 1 (OpenAI API reference, Embeddings). */
public final class Embeddings implements Endpoint {
    private static final int MAX_INPUTS = 2048;

    private final Models models;

    public Embeddings(Models models) {
        this.models = models;
    }

    @Override
    public void serve(Exchange exchange) throws ApiException, IOException, InterruptedException {
        Fields body = exchange.body();
        ServedModel model = ModelErrors.findNamed(models, body.text("model", ""), exchange);
        boolean base64 = base64(body);
        EmbeddingRequest request = new EmbeddingRequest(
                inputs(body), dimensions(body), Claims.read(exchange, body).named("embeddings"));
        Embedded.Vectors vectors = switch (model.embed(request, exchange::checkPresence)) {
            case Embedded.Vectors found -> found;
            case Embedded.Refused refused
            when refused.why().startsWith("dimensions ") -> throw ApiException.unsupported(refused.why(), "dimensions");
            case Embedded.Refused refused -> throw ModelErrors.refusal(refused.reason(), refused.why(), "input");
            case Embedded.Failed failed -> throw ApiException.fault(failed.why(), "embedding_failed");
        };
        exchange.json(200, answer(model, vectors, base64));
    }

    private static OptionalInt dimensions(Fields body) throws ApiException {
        return body.has("dimensions")
                ? OptionalInt.of(body.whole("dimensions", 1, 1, Integer.MAX_VALUE))
                : OptionalInt.empty();
    }

    private static boolean base64(Fields body) throws ApiException {
        String format = body.text("encoding_format", "float");
        return switch (format) {
            case "float" -> false;
            case "base64" -> true;
            default -> throw body.unsupported("encoding_format", "must be float or base64, was '" + format + "'");
        };
    }

    /** A text, texts, the tokens of a text, or the tokens of texts. */
    private static List<CompletionRequest.Prompt> inputs(Fields body) throws ApiException {
        JsonNode input = body.raw("input");
        List<JsonNode> items =
                input.isArray() && !input.isEmpty() && !input.get(0).isNumber()
                        ? body.list("input", MAX_INPUTS)
                        : List.of(input);
        List<CompletionRequest.Prompt> inputs = new ArrayList<>();
        for (JsonNode item : items) {
            if (item.isString() && item.stringValue().isEmpty()) {
                throw body.invalid("input", "must not be empty");
            }
            inputs.add(
                    item.isString()
                            ? new CompletionRequest.Prompt.Text(item.stringValue())
                            : new CompletionRequest.Prompt.Tokens(TokenLists.read(body, "input", item)));
        }
        return inputs;
    }

    private static ObjectNode answer(ServedModel model, Embedded.Vectors vectors, boolean base64) {
        ObjectNode answer = Json.object();
        answer.put("object", "list");
        ArrayNode data = answer.putArray("data");
        for (int i = 0; i < vectors.vectors().size(); i++) {
            ObjectNode item = data.addObject();
            item.put("object", "embedding");
            item.put("index", i);
            float[] vector = vectors.vectors().get(i);
            if (base64) {
                item.put("embedding", base64(vector));
            } else {
                ArrayNode numbers = item.putArray("embedding");
                for (float number : vector) {
                    numbers.add(number);
                }
            }
        }
        answer.put("model", model.name());
        answer.putObject("usage")
                .put("prompt_tokens", vectors.promptTokens())
                .put("total_tokens", vectors.promptTokens());
        return answer;
    }

    /** The numbers as little-endian float32, one after the other. */
    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
