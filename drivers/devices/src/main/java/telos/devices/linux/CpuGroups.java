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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where control groups for programs can be made: the cpu controller of cgroup v1 or v2, if this user may write there.
 * Programs get groups below one called {@code telos}, whose own weight is the sum of theirs, so that a program of the usual
 * weight competes with the rest of the machine as it would without a group. Nothing is made before the first program needs
 * it; then groups are removed that a daemon left behind which was killed. Programs go back to where they came from.
 */
public final class CpuGroups {
    private static final String PARENT = "telos";
    /** A group is called PROCESS.NUMBER after the daemon that made it. */
    private static final String SEPARATOR = ".";
    /** The controllers that a group lends to those below it, in version 2. */
    private static final String LENT = "cgroup.subtree_control";

    private static final String MEMBERS = "cgroup.procs";

    /** How a version of control groups does it: whether a group lends its controllers to those below; the weight's file, what stands for the usual weight, and its limits. */
    private record Dialect(boolean delegates, String file, long usual, long least, long most) {
        /** Whether a line of /proc/PID/cgroup with these controllers is of this hierarchy. */
        boolean isMeant(String controllers) {
            return delegates
                    ? controllers.isEmpty()
                    : List.of(controllers.split(",", -1)).contains("cpu");
        }

        long value(long weight) {
            return Math.clamp(weight * usual / CpuGroup.USUAL, least, most);
        }
    }

    private static final Dialect V1 = new Dialect(false, "cpu.shares", 1024, 2, 262_144);
    private static final Dialect V2 = new Dialect(true, "cpu.weight", CpuGroup.USUAL, 1, 10_000);

    private final Path root;
    private final Path parent;
    private final Dialect dialect;
    private final Path processes;
    private final Object lock = new Object();
    private boolean prepared;

    private CpuGroups(Path root, Dialect dialect, Path processes) {
        this.root = root;
        this.parent = root.resolve(PARENT);
        this.dialect = dialect;
        this.processes = processes;
    }

    /** What was found. */
    public sealed interface Found {}

    /** Groups can be made, as far as permissions say. */
    public record Usable(CpuGroups groups) implements Found {}

    /**
     * No group can be made.
     *
     * @param why a clause that goes on after "because"
     */
    public record Unusable(String why) implements Found {}

    /** Looks in the machine's own mounts, and makes nothing. */
    public static Found find() {
        Path processes = Path.of("/proc");
        try {
            return find(Files.readString(processes.resolve("self/mounts")), processes);
        } catch (IOException hidden) {
            return new Unusable("/proc/self/mounts cannot be read");
        }
    }

    /**
     * Looks in these mounts.
     *
     * @param mounts lines as in proc_pid_mounts(5)
     * @param processes the mount of procfs
     */
    static Found find(String mounts, Path processes) {
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
                CpuGroups groups = new CpuGroups(root, one ? V1 : V2, processes);
                Optional<String> trouble = groups.trouble();
                if (trouble.isEmpty()) {
                    return new Usable(groups);
                }
                why = trouble.get();
            }
        }
        return new Unusable(why);
    }

    /** Why no group can be made here, as far as can be told without making one. */
    private Optional<String> trouble() {
        Path made = Files.isDirectory(parent) ? parent : root;
        boolean open = Files.isDirectory(made)
                && Files.isWritable(made)
                && (!dialect.delegates() || Files.isWritable(root.resolve(LENT)));
        return open ? Optional.empty() : Optional.of(refusal("permission denied"));
    }

    private String refusal(String reason) {
        return "no group can be made in " + root + " (" + reason + ")";
    }

    private static boolean controls(Path controllers) {
        try {
            return List.of(Files.readString(controllers).strip().split(" ", -1)).contains("cpu");
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Makes what the groups of programs go below. */
    private void prepare() throws IOException {
        if (prepared) {
            return;
        }
        try {
            if (dialect.delegates()) {
                write(root.resolve(LENT), "+cpu");
            }
            if (!Files.isDirectory(parent)) {
                Files.createDirectory(parent);
            }
            if (dialect.delegates()) {
                write(parent.resolve(LENT), "+cpu");
            }
            sweep();
        } catch (IOException refused) {
            throw new IOException(refusal(reason(refused)), refused);
        }
        prepared = true;
    }

    /** Removes groups of daemons that are no more, if nothing is in them. */
    private void sweep() throws IOException {
        for (Path group : groups()) {
            String daemon = String.valueOf(group.getFileName()).split("\\" + SEPARATOR, 2)[0];
            if (!daemon.matches("\\d{1,9}") || !Files.exists(processes.resolve(daemon))) {
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
            prepare();
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

    /** The group that a process is in; the root where that is not known. */
    private Path home(int process) {
        try {
            for (String line : Files.readAllLines(processes.resolve(Integer.toString(process) + "/cgroup"))) {
                String[] fields = line.split(":", 3); // hierarchy:controllers:path, see cgroups(7)
                if (fields.length == 3 && dialect.isMeant(fields[1]) && fields[2].startsWith("/")) {
                    return root.resolve(fields[2].substring(1)).normalize();
                }
            }
        } catch (IOException ended) {
            return root;
        }
        return root;
    }

    private final class Group implements CpuGroup {
        private final Path folder;
        /** Where members were before. */
        private final Map<Integer, Path> homes = new LinkedHashMap<>();

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
        public void add(List<Integer> members) throws IOException {
            synchronized (lock) {
                for (int process : members) {
                    Path home = home(process);
                    if (!home.equals(folder)) {
                        homes.put(process, home);
                    }
                    move(process, folder);
                }
            }
        }

        @Override
        public List<Integer> members() throws IOException {
            try {
                return Files.readAllLines(folder.resolve(MEMBERS)).stream()
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
                    List<Integer> left = members();
                    for (int round = 0; round < 10 && !left.isEmpty(); round++) { // they may fork meanwhile
                        for (int process : left) {
                            giveBack(process);
                        }
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

        /** To where it was, or where the first member was if it is a fork; to the root if that is no more. */
        private void giveBack(int process) throws IOException {
            Path first = homes.isEmpty() ? root : homes.values().iterator().next();
            try {
                move(process, homes.getOrDefault(process, first));
            } catch (IOException gone) {
                move(process, root);
            }
        }

        private void move(int process, Path group) throws IOException {
            try {
                write(group.resolve(MEMBERS), Integer.toString(process));
            } catch (IOException refused) {
                if (Files.exists(processes.resolve(Integer.toString(process)))) {
                    throw refused;
                }
            }
        }
    }
}
