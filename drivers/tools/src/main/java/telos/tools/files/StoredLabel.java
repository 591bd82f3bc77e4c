package telos.tools.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Source;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The label that a file carries in its extended attribute {@value #ATTRIBUTE}, as JSON: {@code {"integrity": "trusted",
 * "readers": ["alice"]}}. What is missing in it is the strictest, and so is what cannot be read.
 */
final class StoredLabel {
    /** As the file system knows it, without the {@code user.} that Java puts before it. */
    static final String ATTRIBUTE = "telos.label";

    private static final int LONGEST = 64 << 10;
    private static final Source SOURCE = new Source(Source.Kind.FILE, "with a label of its own");

    private StoredLabel() {}

    /** Empty for a file without one, and where the file system has none. */
    static Optional<Label> of(Path file) {
        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        try {
            if (view == null || !view.list().contains(ATTRIBUTE)) {
                return Optional.empty();
            }
        } catch (IOException unsupported) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.allocate(Math.min(LONGEST, view.size(ATTRIBUTE)));
            view.read(ATTRIBUTE, bytes);
            return Optional.of(label(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8))
                    .from(SOURCE));
        } catch (IOException | JacksonException | IllegalArgumentException unreadable) {
            return Optional.of(Label.MISSING.from(SOURCE));
        }
    }

    private static Label label(String json) {
        JsonNode label = JsonMapper.shared().readTree(json);
        List<String> readers = new ArrayList<>();
        label.path("readers").forEach(each -> readers.add(each.stringValue("")));
        return Label.of(
                Integrity.named(label.path("integrity").stringValue("untrusted")),
                readers.contains("*") ? Readers.EVERYONE : Readers.of(readers));
    }
}
