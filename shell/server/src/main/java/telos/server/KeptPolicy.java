package telos.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
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
import telos.server.monitor.Kept;
import telos.server.monitor.Rules;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The policy that the owner gave to a daemon while it ran, kept in its home for those that start later: with its text and the
 * SHA-256 of that, or by its name and that SHA-256 where it comes with Telos. What the owner has not seen is not put in its place: a
 * text that is another by then is refused.
 */
final class KeptPolicy {
    static final String FILE = "policy-in-use.json";

    private static final System.Logger LOG = System.getLogger(KeptPolicy.class.getName());

    private final Path file;

    KeptPolicy(Path home) {
        file = home.resolve(FILE);
    }

    /** Makes ready to keep it; what is there is whole, also where this is cut off. */
    Kept prepare(Rules rules) throws IOException {
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
        return new Kept() {
            @Override
            public void commit() throws IOException {
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }

            @Override
            public void close() {
                try {
                    Files.deleteIfExists(beside);
                } catch (IOException e) {
                    LOG.log(Level.WARNING, "cannot remove {0}: {1}", beside, e.getMessage());
                }
            }
        };
    }

    /** Makes ready to keep none: later daemons go by their own. */
    Kept forgetting() {
        return new Kept() {
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
        String stamp = node.path("sha256").asString("");
        return Optional.of(
                Rules.isShipped(name)
                        ? shipped(name, stamp, tools)
                        : own(name, stamp, node.path("text").asString(""), tools));
    }

    private Rules.Read own(String name, String stamp, String text, List<String> tools) {
        Rules.Read read = Rules.read(name, text.getBytes(StandardCharsets.UTF_8), tools);
        return read instanceof Rules.Read.Accepted(Rules rules)
                        && !rules.stamp().equals(stamp)
                ? new Rules.Read.Refused(mend("has another SHA-256 than it says"))
                : read;
    }

    private Rules.Read shipped(String name, String stamp, List<String> tools) {
        return switch (Rules.shipped(name, tools)) {
            case Rules.Read.Refused(String why) -> new Rules.Read.Refused(mend("cannot be used: " + why));
            case Rules.Read.Accepted(Rules now) when now.stamp().equals(stamp) -> new Rules.Read.Accepted(now);
            case Rules.Read.Accepted(Rules now) ->
                new Rules.Read.Refused(file + ", where 'telos policy use' keeps the policy in use, names " + name
                        + ", whose text is another in this version of Telos (its SHA-256 was " + brief(stamp)
                        + " when it was put in use, and is " + brief(now.stamp()) + "); to go by the new text: telos up"
                        + " --policy " + name + ", then telos policy use " + name
                        + "; to go by the policy of the home: remove that file");
        };
    }

    private static String brief(String stamp) {
        return stamp.isEmpty() ? "not kept" : stamp.substring(0, Math.min(12, stamp.length()));
    }

    private String mend(String what) {
        return file + ", where 'telos policy use' keeps the policy in use, " + what
                + "; remove it, and say again which policy to use";
    }
}
