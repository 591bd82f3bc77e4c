package telos.training;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

    /** What all the files of requests in a folder ask, as {@link #plain} gives it. */
    static Set<String> asked(Path folder) throws IOException {
        Set<String> asked = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jsonl")) {
            for (Path file : files) {
                read(file).forEach(expected -> asked.add(plain(expected.request())));
            }
        }
        return asked;
    }

    /** A request with neither capitals nor punctuation around it: two that differ only so are the same. */
    static String plain(String request) {
        return request.toLowerCase(Locale.ROOT).replaceAll("^[\\s.?!]+|[\\s.?!]+$", "");
    }

    static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }
}
