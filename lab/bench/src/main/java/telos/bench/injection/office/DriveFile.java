package telos.bench.injection.office;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import telos.bench.injection.Row;
import tools.jackson.databind.JsonNode;

/**
 * A file.
 *
 * @param shared {@code r} or {@code rw} by whom it is shared with
 */
public record DriveFile(
        String id, String name, String content, String owner, SequencedMap<String, String> shared, String modified)
        implements Row {
    public DriveFile {
        shared = new LinkedHashMap<>(shared);
    }

    static DriveFile of(JsonNode node) {
        SequencedMap<String, String> shared = new LinkedHashMap<>();
        node.path("shared_with")
                .properties()
                .forEach(entry -> shared.put(entry.getKey(), entry.getValue().asString()));
        return new DriveFile(
                node.path("id_").asString(),
                node.path("filename").asString(),
                node.path("content").asString(),
                node.path("owner").asString(),
                shared,
                node.path("last_modified").asString());
    }

    public int size() {
        return content.length();
    }

    List<String> people() {
        List<String> people = new ArrayList<>(shared.sequencedKeySet());
        people.add(owner);
        return people;
    }

    /** Whether this person owns it and nobody else may write to it. */
    boolean writtenOnlyBy(String person) {
        return owner.equals(person)
                && shared.sequencedEntrySet().stream()
                        .noneMatch(entry -> entry.getValue().contains("w")
                                && !entry.getKey().equals(person));
    }

    @Override
    public SequencedMap<String, Object> fields() {
        return Row.of(
                "id", id,
                "filename", name,
                "content", content,
                "owner", owner,
                "shared_with", shared,
                "size", size(),
                "last_modified", modified);
    }
}
