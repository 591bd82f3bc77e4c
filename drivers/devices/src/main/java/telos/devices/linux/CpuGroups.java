package telos.devices.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where control groups for programs can be made: the cpu controller of cgroup v1 or v2, if this user may write there.
 * Programs get groups below one called {@code telos}, whose own weight is the sum of theirs, so that a program of the usual
 * weight competes with the rest of the machine as it would without a group. Groups that a daemon left behind which was killed
 * are removed when the next one looks.
 */
public final class CpuGroups {
    private static final String PARENT = "telos";
    /** A group is called PROCESS.NUMBER after the daemon that made it. */
    private static final String SEPARATOR = ".";

    /** How a version of control groups does it: whether a group lends its controllers to those below; the weight's file, what stands for the usual weight, and its limits. */
    private record Dialect(boolean delegates, String file, long usual, long least, long most) {
        long value(long weight) {
            return Math.clamp(weight * usual / CpuGroup.USUAL, least, most);
        }
    }

    private static final Dialect V1 = new Dialect(false, "cpu.shares", 1024, 2, 262_144);
    private static final Dialect V2 = new Dialect(true, "cpu.weight", CpuGroup.USUAL, 1, 10_000);

    private final Path parent;
    private final Dialect dialect;
    private final Object lock = new Object();

    private CpuGroups(Path parent, Dialect dialect) {
        this.parent = parent;
        this.dialect = dialect;
    }

    /** What was found. */
    public sealed interface Found {}

    /** Groups can be made. */
    public record Usable(CpuGroups groups) implements Found {}

    /**
     * No group can be made.
     *
     * @param why a clause that goes on after "because"
     */
    public record Unusable(String why) implements Found {}

    /** Looks in the machine's own mounts. */
    public static Found find() {
        try {
            return find(Files.readString(Path.of("/proc/self/mounts")));
        } catch (IOException hidden) {
            return new Unusable("/proc/self/mounts cannot be read");
        }
    }

    /** @param mounts lines as in proc_pid_mounts(5) */
    static Found find(String mounts) {
        String why = "no cpu controller of control groups is mounted";
        for (String line : mounts.lines().toList()) {
            String[] words = line.split(" ", -1);
            if (words.length < 4) {
                continue;
            }
            Path root = Path.of(words[1]);
            boolean one = words[2].equals("cgroup")
                    && List.of(words[3].split(",", -1)).contains("cpu");
            boolean two = words[2].equals("cgroup2") && controls(root.resolve("cgroup.controllers"));
            if (one || two) {
                try {
                    return new Usable(prepare(root, one ? V1 : V2));
                } catch (IOException refused) {
                    why = "no group can be made in " + root + " (" + reason(refused) + ")";
                }
            }
        }
        return new Unusable(why);
    }

    private static boolean controls(Path controllers) {
        try {
            return List.of(Files.readString(controllers).strip().split(" ", -1)).contains("cpu");
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static CpuGroups prepare(Path root, Dialect dialect) throws IOException {
        Path parent = root.resolve(PARENT);
        if (dialect.delegates()) {
            write(root.resolve("cgroup.subtree_control"), "+cpu");
        }
        if (!Files.isDirectory(parent)) {
            Files.createDirectory(parent);
        }
        if (dialect.delegates()) {
            write(parent.resolve("cgroup.subtree_control"), "+cpu");
        }
        if (!Files.isWritable(parent)) {
            throw new IOException("permission denied");
        }
        CpuGroups groups = new CpuGroups(parent, dialect);
        groups.sweep();
        return groups;
    }

    /** Removes groups of daemons that are no more, if nothing is in them. */
    private void sweep() throws IOException {
        for (Path group : groups()) {
            String daemon = String.valueOf(group.getFileName()).split("\\" + SEPARATOR, 2)[0];
            if (!daemon.matches("\\d{1,9}") || !Files.exists(Path.of("/proc", daemon))) {
                remove(group);
            }
        }
        balance();
    }

    private List<Path> groups() throws IOException {
        List<Path> groups = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, Files::isDirectory)) {
            entries.forEach(groups::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return groups;
    }

    /** Makes a group; the number is the daemon's own and is not used twice. */
    public CpuGroup open(long number, long weight) throws IOException {
        Path folder = parent.resolve(ProcessHandle.current().pid() + SEPARATOR + number);
        synchronized (lock) {
            Files.createDirectories(folder);
            write(folder.resolve(dialect.file()), Long.toString(dialect.value(weight)));
            balance();
        }
        return new Group(folder);
    }

    /** Gives the parent the sum of its children's weights. */
    private void balance() throws IOException {
        long sum = 0;
        for (Path group : groups()) {
            sum += number(group.resolve(dialect.file())).orElse(0L);
        }
        if (sum > 0) {
            write(parent.resolve(dialect.file()), Long.toString(Math.clamp(sum, dialect.least(), dialect.most())));
        }
    }

    private static Optional<Long> number(Path file) {
        try {
            return Optional.of(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException gone) {
            return Optional.empty();
        }
    }

    private static void remove(Path group) {
        try {
            Files.deleteIfExists(group);
        } catch (IOException inUse) {
            System.getLogger(CpuGroups.class.getName())
                    .log(System.Logger.Level.DEBUG, "{0} is left: {1}", group, inUse.getMessage());
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String reason(IOException refused) {
        return refused instanceof AccessDeniedException ? "permission denied" : String.valueOf(refused.getMessage());
    }

    private final class Group implements CpuGroup {
        private final Path folder;

        Group(Path folder) {
            this.folder = folder;
        }

        @Override
        public void weigh(long weight) throws IOException {
            synchronized (lock) {
                write(folder.resolve(dialect.file()), Long.toString(dialect.value(weight)));
                balance();
            }
        }

        @Override
        public void add(List<Integer> processes) throws IOException {
            move(processes, folder);
        }

        @Override
        public List<Integer> members() throws IOException {
            try {
                return Files.readAllLines(folder.resolve("cgroup.procs")).stream()
                        .map(Integer::valueOf)
                        .toList();
            } catch (NoSuchFileException removed) {
                return List.of();
            }
        }

        @Override
        public String path() {
            return folder.toString();
        }

        @Override
        public void close() {
            synchronized (lock) {
                try {
                    Path home = Objects.requireNonNull(parent.getParent());
                    List<Integer> left = members();
                    for (int round = 0; round < 10 && !left.isEmpty(); round++) { // they may fork meanwhile
                        move(left, home);
                        left = members();
                    }
                    remove(folder);
                    balance();
                } catch (IOException e) {
                    System.getLogger(CpuGroups.class.getName())
                            .log(System.Logger.Level.WARNING, "{0} is left behind: {1}", folder, e.getMessage());
                }
            }
        }

        private static void move(List<Integer> processes, Path group) throws IOException {
            for (int process : processes) {
                try {
                    write(group.resolve("cgroup.procs"), Integer.toString(process));
                } catch (IOException refused) {
                    if (Files.exists(Path.of("/proc/" + process))) {
                        throw refused;
                    }
                }
            }
        }
    }
}
