package telos.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import telos.server.monitor.Mediator;
import telos.server.monitor.Rules;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The policy that the owner gave to a daemon while it ran, kept in its home for those that start later. One that comes with Telos is
 * kept by its name, any other with its text and the SHA-256 of that.
 */
final class KeptPolicy {
    static final String FILE = "policy-in-use.json";

    private final Path file;

    KeptPolicy(Path home) {
        file = home.resolve(FILE);
    }

    /** Makes ready to keep it; what is there is whole, also where this is cut off. */
    Mediator.Kept prepare(Rules rules) throws IOException {
        ObjectNode node =
                JsonMapper.shared().createObjectNode().put("name", rules.name()).put("sha256", rules.stamp());
        if (!Rules.isShipped(rules.name())) {
            node.put("text", rules.text());
        }
        Path beside = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                ".policy",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap((node + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
        return new Mediator.Kept() {
            @Override
            public void commit() throws IOException {
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }

            @Override
            public void close() throws IOException {
                Files.deleteIfExists(beside);
            }
        };
    }

    /** Makes ready to keep none: later daemons go by their own. */
    Mediator.Kept forgetting() {
        return new Mediator.Kept() {
            @Override
            public void commit() throws IOException {
                Files.deleteIfExists(file);
            }

            @Override
            public void close() {}
        };
    }

    /** What is kept; empty where nothing is. What cannot be believed is refused, for it may have forbidden something. */
    Optional<Rules.Read> read(List<String> tools) {
        JsonNode node;
        try {
            node = JsonMapper.shared().readTree(Files.readString(file));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.of(
                    new Rules.Read.Refused(mend(e instanceof IOException ? "cannot be read" : "is no JSON")));
        }
        String name = node.path("name").asString("");
        if (Rules.isShipped(name)) {
            return Optional.of(Rules.shipped(name, tools));
        }
        Rules.Read read = Rules.read(name, node.path("text").asString("").getBytes(StandardCharsets.UTF_8), tools);
        boolean same = read instanceof Rules.Read.Accepted(Rules rules)
                && rules.stamp().equals(node.path("sha256").asString(""));
        return Optional.of(
                same || read instanceof Rules.Read.Refused
                        ? read
                        : new Rules.Read.Refused(mend("has another SHA-256 than it says")));
    }

    private String mend(String what) {
        return file + ", where 'telos policy use' keeps the policy in use, " + what
                + "; remove it, and say again which policy to use";
    }
}
