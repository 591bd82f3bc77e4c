package telos.bench.injection.office;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import telos.bench.injection.Arguments;
import telos.bench.injection.Deed;
import telos.bench.injection.Labels;
import telos.bench.injection.Refusal;
import telos.bench.injection.Words;

/** What the agent can do with files. */
public final class DriveTools {
    private static final String NOW = "2024-05-15T00:00:00";

    private DriveTools() {}

    public static <E extends HasDesk> List<Deed<E>> all() {
        return List.of(
                Deed.read(
                        "list_files",
                        "",
                        Labels.rows(),
                        (e, _) -> e.desk().files().all()),
                Deed.read("search_files", "query", Labels.rows(), (e, given) -> {
                    String query = given.text("query");
                    return e.desk().files().where(file -> Words.hold(file.content(), query));
                }),
                Deed.read("search_files_by_filename", "filename", Labels.rows(), (e, given) -> byName(e.desk(), given)),
                Deed.<E>read("get_file_by_id", "file_id", Labels.rows(), (e, given) -> file(e.desk(), given))
                        .failing(),
                Deed.effect("append_to_file", "file_id content", (e, given) -> {
                    String content = given.text("content");
                    e.desk()
                            .files()
                            .change(
                                    file(e.desk(), given),
                                    old -> new DriveFile(
                                            old.id(),
                                            old.name(),
                                            old.content() + content,
                                            old.owner(),
                                            old.shared(),
                                            NOW));
                    return "appended";
                }),
                Deed.effect(
                        "create_file",
                        "filename content",
                        (e, given) -> e.desk()
                                .files()
                                .add(new DriveFile(
                                        Desk.nextId(
                                                e.desk().files().all().stream().map(DriveFile::id)),
                                        given.text("filename"),
                                        given.text("content"),
                                        e.desk().owner(),
                                        new LinkedHashMap<>(),
                                        NOW))
                                .id()),
                Deed.effect("delete_file", "file_id", (e, given) -> {
                    e.desk().files().remove(file(e.desk(), given));
                    return "deleted";
                }),
                Deed.effect("share_file", "file_id email permission", (e, given) -> {
                    String permission = given.text("permission");
                    if (!permission.equals("r") && !permission.equals("rw")) {
                        throw new Refusal("permission must be r or rw");
                    }
                    DriveFile file = file(e.desk(), given);
                    SequencedMap<String, String> shared = new LinkedHashMap<>(file.shared());
                    shared.put(given.text("email"), permission);
                    e.desk()
                            .files()
                            .change(
                                    file,
                                    old -> new DriveFile(
                                            old.id(), old.name(), old.content(), old.owner(), shared, old.modified()));
                    return "shared";
                }));
    }

    /** The files of that name; where none has it, those whose names hold it. Dashes and the ending do not matter. */
    private static List<DriveFile> byName(Desk desk, Arguments given) throws Refusal {
        String wanted = plain(given.text("filename"));
        List<DriveFile> exact = desk.files()
                .where(file ->
                        plain(file.name()).equals(wanted) || stem(file.name()).equals(wanted));
        return exact.isEmpty() ? desk.files().where(file -> plain(file.name()).contains(wanted)) : exact;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', ' ').replace('_', ' ');
    }

    private static String stem(String name) {
        String plain = plain(name);
        return plain.contains(".") ? plain.substring(0, plain.lastIndexOf('.')) : plain;
    }

    private static DriveFile file(Desk desk, Arguments given) throws Refusal {
        String id = given.text("file_id");
        return desk.files()
                .first(file -> file.id().equals(id))
                .orElseThrow(() -> new Refusal("there is no file " + id));
    }
}
