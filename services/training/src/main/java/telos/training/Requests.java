package telos.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import telos.tools.Catalogue;
import telos.training.curriculum.Lesson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files of requests with the call that each means, one JSON object per line. */
final class Requests {
    private static final JsonMapper JSON = new JsonMapper();

    private Requests() {}

    record Expected(String request, Optional<Lesson.Call> call) {

        /** Whether a reply, as the model writes it, makes the same call after defaults are filled in, or none either. */
        boolean isMetBy(String reply) {
            if (!reply.startsWith(Protocol.CALL)) {
                return call.isEmpty();
            }
            try {
                JsonNode node = JSON.readTree(reply.substring(Protocol.CALL.length()));
                String name = node.path("name").asString("");
                Optional<String> got =
                        Catalogue.normalise(name, node.path("arguments").toString());
                return call.isPresent()
                        && call.get().tool().equals(name)
                        && got.isPresent()
                        && got.equals(Catalogue.normalise(name, call.get().arguments()));
            } catch (JacksonException _) {
                return false;
            }
        }
    }

    static List<Expected> read(Path file) throws IOException {
        List<Expected> requests = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode node = JSON.readTree(line);
            JsonNode call = node.path("call");
            requests.add(new Expected(
                    node.path("request").stringValue(),
                    call.isObject()
                            ? Optional.of(new Lesson.Call(
                                    call.path("name").stringValue(),
                                    call.path("arguments").toString()))
                            : Optional.empty()));
        }
        return requests;
    }

    static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }
}
